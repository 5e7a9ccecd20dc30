package io.gnomon.serve;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The answer to one text.
 *
 * @param labels those chosen, the likeliest first; empty where none reaches its threshold
 * @param probabilities of every label, in the student's order: they sum to one where a text has one
 *     label, and are independent where it may have several
 */
public record Tagging(List<String> labels, Map<String, Double> probabilities) {
  /** Copies both. */
  public Tagging {
    labels = List.copyOf(labels);
    probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
  }

  /**
   * The probability of {@code label}.
   *
   * @throws IllegalArgumentException when the student has no such label
   */
  public double probability(String label) {
    Double probability = probabilities.get(label);
    if (probability == null) {
      throw new IllegalArgumentException(label + " is none of " + probabilities.keySet());
    }
    return probability;
  }
}

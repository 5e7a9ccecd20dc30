package io.gnomon.grow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a student grows.
 *
 * @param picks ways to choose posts, each with a curve of its own
 * @param rounds how often labels are bought
 * @param each labels bought a round
 * @param steps of training a round
 * @param learningRate its peak
 * @param batchSize texts a step
 * @param maxLength tokens kept of each text
 * @param limit test texts of the curve; 0 takes all
 */
public record GrowSettings(
    List<Pick> picks,
    int rounds,
    int each,
    int steps,
    double learningRate,
    int batchSize,
    int maxLength,
    int limit) {
  /** Copies the picks. */
  public GrowSettings {
    picks = List.copyOf(picks);
  }

  /** What decides a round; more rounds or picks may join later. */
  Map<String, Object> deciding() {
    Map<String, Object> deciding = new LinkedHashMap<>();
    deciding.put("each", each);
    deciding.put("steps", steps);
    deciding.put("learning_rate", learningRate);
    deciding.put("batch_size", batchSize);
    deciding.put("max_length", maxLength);
    return deciding;
  }
}

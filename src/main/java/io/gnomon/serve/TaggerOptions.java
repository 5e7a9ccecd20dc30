package io.gnomon.serve;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a {@link Tagger} runs and chooses. Each {@code with} gives changed options and leaves these
 * as they are.
 *
 * @param threads of ONNX Runtime within one batch; 0 leaves it its own choice, all cores
 * @param topK most labels of a text; without, one where a text has one label, all that reach their
 *     threshold where it may have several
 * @param threshold smallest probability that gives a label, in place of labels.json's thresholds
 * @param thresholds the same, by label; goes before {@code threshold}
 */
public record TaggerOptions(
    int threads, OptionalInt topK, OptionalDouble threshold, Map<String, Double> thresholds) {
  private static final TaggerOptions DEFAULTS =
      new TaggerOptions(0, OptionalInt.empty(), OptionalDouble.empty(), Map.of());

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when threads are negative, k is not positive or a threshold is
   *     no probability
   */
  public TaggerOptions {
    require(threads >= 0, "threads", threads);
    require(topK.orElse(1) >= 1, "top-k", topK);
    require(isProbability(threshold.orElse(0)), "threshold", threshold);
    for (Map.Entry<String, Double> entry : thresholds.entrySet()) {
      require(isProbability(entry.getValue()), "threshold of " + entry.getKey(), entry.getValue());
    }
    thresholds = Collections.unmodifiableMap(new LinkedHashMap<>(thresholds));
  }

  /** As the export has it: all cores, one label or those that reach their threshold. */
  public static TaggerOptions defaults() {
    return DEFAULTS;
  }

  /** The same with so many threads within one batch. */
  public TaggerOptions withThreads(int count) {
    return new TaggerOptions(count, topK, threshold, thresholds);
  }

  /**
   * The same with at most the {@code k} likeliest labels. Of several labels a text those alone
   * decide, whatever their probability, unless a threshold is asked for as well.
   */
  public TaggerOptions withTopK(int k) {
    return new TaggerOptions(threads, OptionalInt.of(k), threshold, thresholds);
  }

  /** The same with labels from {@code probability} on alone, of whatever label. */
  public TaggerOptions withThreshold(double probability) {
    return new TaggerOptions(threads, topK, OptionalDouble.of(probability), thresholds);
  }

  /** The same with {@code label} from {@code probability} on alone. */
  public TaggerOptions withThreshold(String label, double probability) {
    Map<String, Double> changed = new LinkedHashMap<>(thresholds);
    changed.put(label, probability);
    return new TaggerOptions(threads, topK, threshold, changed);
  }

  private static boolean isProbability(double value) {
    return value >= 0 && value <= 1;
  }

  private static void require(boolean holds, String what, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(what + ": " + found);
    }
  }
}

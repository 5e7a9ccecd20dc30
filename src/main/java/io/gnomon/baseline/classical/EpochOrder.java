package io.gnomon.baseline.classical;

import io.gnomon.tensor.Seeds;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** In which order an epoch visits its rows. */
final class EpochOrder {
  private EpochOrder() {}

  /** The numbers below {@code n}, shuffled; a function of {@code seed} and {@code epoch}. */
  static int[] of(int n, long seed, int epoch) {
    SplittableRandom random = Seeds.random(seed, "order", epoch);
    int[] order = IntStream.range(0, n).toArray();
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }
}

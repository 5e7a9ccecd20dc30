package io.gnomon.teacher;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The next token, drawn from the logits of one position: softmax(logits / temperature), cut to its
 * nucleus.
 */
final class TokenChoice {
  /** What the search for the nucleus lowers its threshold by each time. */
  private static final double NARROWING = 16;

  private final Generation how;
  private final double[] weights;

  TokenChoice(Generation how, int vocabulary) {
    this.how = how;
    this.weights = new double[vocabulary];
  }

  /**
   * A token of the vocabulary.
   *
   * @param logits of several rows, one row behind another
   * @param row the row that counts
   */
  int draw(float[] logits, int row, SplittableRandom random) {
    int first = row * weights.length;
    int likeliest = likeliest(logits, first);
    if (how.temperature() == 0) {
      return likeliest;
    }
    double sum = 0;
    for (int id = 0; id < weights.length; id++) {
      double above = (double) logits[first + id] - logits[first + likeliest];
      weights[id] = Math.exp(above / how.temperature());
      sum += weights[id];
    }
    int[] order = how.topP() < 1 ? nucleus(how.topP() * sum) : all();
    return draw(order, random);
  }

  private int likeliest(float[] logits, int first) {
    int best = 0;
    for (int id = 1; id < weights.length; id++) {
      if (logits[first + id] > logits[first + best]) {
        best = id;
      }
    }
    return best;
  }

  private int[] all() {
    return IntStream.range(0, weights.length).toArray();
  }

  /**
   * The fewest tokens that together have at least {@code mass}, heaviest first. Only tokens above a
   * threshold are sorted, which is lowered until they are enough: a vocabulary is long, its head
   * short.
   */
  private int[] nucleus(double mass) {
    double threshold = 1 / NARROWING; // the heaviest weighs 1
    while (above(threshold).mapToDouble(id -> weights[id]).sum() < mass
        && threshold > Double.MIN_NORMAL) {
      threshold /= NARROWING;
    }
    int[] sorted =
        above(threshold)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer id) -> -weights[id]))
            .mapToInt(Integer::intValue)
            .toArray();
    int count = 0;
    for (double sum = 0; sum < mass && count < sorted.length; count++) {
      sum += weights[sorted[count]];
    }
    return IntStream.of(sorted).limit(count).toArray();
  }

  private IntStream above(double threshold) {
    return IntStream.range(0, weights.length).filter(id -> weights[id] >= threshold);
  }

  private int draw(int[] tokens, SplittableRandom random) {
    double left = random.nextDouble() * IntStream.of(tokens).mapToDouble(id -> weights[id]).sum();
    for (int token : tokens) {
      left -= weights[token];
      if (left < 0) {
        return token;
      }
    }
    return tokens[0]; // rounding left a rest
  }
}

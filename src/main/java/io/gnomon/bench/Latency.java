package io.gnomon.bench;

import io.gnomon.geometry.Spread;
import io.gnomon.latency.Stopwatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * How fast a classifier answers, from text to probabilities: one text at a time, and in bulk. Each
 * round takes the same texts. What is measured is warmed up as a race of {@code gnomon latency} is;
 * then both have their rounds, whichever had less time first, so that a machine that is busy for a
 * while is so for both.
 *
 * @param millisecondsPerText one at a time
 * @param textsPerSecond in bulk
 * @param rounds of one text at a time that were counted
 */
record Latency(Spread millisecondsPerText, Spread textsPerSecond, int rounds) {
  private static final int SINGLE = 32;
  private static final int BULK = 512;

  /** Counted at least, however slow: the fewest that have a median of their own. */
  private static final int LEAST = 3;

  /** Of the time of warming up, for the rounds of each. */
  private static final double COUNTED = 1.5;

  /** A trial on some dozens of texts is not held up: its figures tell little anyway. */
  private static final long WARM_UP_A_TEXT = 1_000_000;

  /**
   * Times {@code classifier} on the first of {@code texts}: on 2000 or more for 8 s, a round in
   * bulk and what the least number of rounds takes beyond that.
   */
  static Latency of(Classifier classifier, List<String> texts) {
    return of(classifier, texts, warmUp(texts.size()));
  }

  /** Nanoseconds. */
  static long warmUp(int texts) {
    return Math.min(Stopwatch.WARM_UP, texts * WARM_UP_A_TEXT);
  }

  /**
   * As the other.
   *
   * @param warmUp nanoseconds, one text at a time
   */
  static Latency of(Classifier classifier, List<String> texts, long warmUp) {
    List<String> few = texts.subList(0, Math.min(SINGLE, texts.size()));
    List<String> many = texts.subList(0, Math.min(BULK, texts.size()));
    Rounds single = new Rounds(() -> few.forEach(text -> one(classifier, text)), warmUp);
    Rounds bulk = new Rounds(() -> all(classifier, many), warmUp);
    Stopwatch.warmUp(single.round, warmUp);
    bulk.round.run();
    while (single.due() || bulk.due()) {
      next(single, bulk).run();
    }
    return new Latency(
        single.spread(seconds -> 1000 * seconds / few.size()),
        bulk.spread(seconds -> many.size() / seconds),
        single.seconds.size());
  }

  private static void one(Classifier classifier, String text) {
    all(classifier, List.of(text));
  }

  private static void all(Classifier classifier, List<String> texts) {
    int answers = classifier.afresh(texts).length;
    if (answers != texts.size()) {
      throw new IllegalStateException(answers + " answers to " + texts.size() + " texts");
    }
  }

  private static Rounds next(Rounds single, Rounds bulk) {
    boolean first = single.due() && (!bulk.due() || single.spent <= bulk.spent);
    return first ? single : bulk;
  }

  /** The counted rounds of one way to ask. */
  private static final class Rounds {
    private final Runnable round;
    private final double budget;
    private final List<Double> seconds = new ArrayList<>();
    private double spent;

    Rounds(Runnable round, long warmUp) {
      this.round = round;
      this.budget = COUNTED * warmUp / 1e9;
    }

    boolean due() {
      return seconds.size() < LEAST || spent < budget;
    }

    void run() {
      double one = Stopwatch.seconds(round);
      seconds.add(one);
      spent += one;
    }

    Spread spread(DoubleUnaryOperator figure) {
      return Spread.of(seconds.stream().mapToDouble(Double::doubleValue).map(figure).toArray());
    }
  }
}

package io.gnomon.bench;

import io.gnomon.geometry.Spread;
import java.util.List;

/**
 * How fast a classifier answers, from text to probabilities: one text at a time, and in bulk. Each
 * round takes the same texts; the first of both is for warming up and not counted.
 *
 * @param millisecondsPerText one at a time
 * @param textsPerSecond in bulk
 */
record Latency(Spread millisecondsPerText, Spread textsPerSecond) {
  private static final int SINGLE = 32;
  private static final int BULK = 512;
  private static final int ROUNDS = 5;

  /** Times {@code classifier} on the first of {@code texts}. */
  static Latency of(Classifier classifier, List<String> texts) {
    List<String> few = texts.subList(0, Math.min(SINGLE, texts.size()));
    List<String> many = texts.subList(0, Math.min(BULK, texts.size()));
    double[] single = seconds(() -> few.forEach(text -> one(classifier, text)));
    double[] bulk = seconds(() -> all(classifier, many));
    for (int i = 0; i < ROUNDS; i++) {
      single[i] = 1000 * single[i] / few.size();
      bulk[i] = many.size() / bulk[i];
    }
    return new Latency(Spread.of(single), Spread.of(bulk));
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

  private static double[] seconds(Runnable round) {
    round.run();
    double[] seconds = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      round.run();
      // A clock that did not move would make a speed infinite.
      seconds[i] = Math.max(1, System.nanoTime() - start) / 1e9;
    }
    return seconds;
  }
}

package io.gnomon.latency;

import io.gnomon.geometry.Spread;
import io.gnomon.latency.LatencyReport.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Classifiers in turn on the same texts, round by round, so that a machine that slows down slows
 * them all. A first round warms up and is not counted.
 */
final class Race {
  private static final double MILLI = 1000;

  private final List<Contestant> all;
  private final List<String> single;
  private final List<String> bulk;
  private final long warmUp;
  private final double[][] singleSeconds;
  private final double[][] bulkSeconds;

  /**
   * A race.
   *
   * @param rounds counted
   * @param warmUp nanoseconds that each is warmed up one text at a time, a round at least
   */
  Race(List<Contestant> all, List<String> single, List<String> bulk, int rounds, long warmUp) {
    this.warmUp = warmUp;
    this.all = all;
    this.single = single;
    this.bulk = bulk;
    this.singleSeconds = new double[all.size()][rounds];
    this.bulkSeconds = new double[all.size()][rounds];
  }

  /**
   * Runs it.
   *
   * @param gold class of each of the bulk texts; null for no accuracy
   * @param progress hears the number of each round, 0 for the one that warms up
   */
  List<Row> run(int @Nullable [] gold, IntConsumer progress) {
    List<@Nullable Double> accuracies = new ArrayList<>();
    progress.accept(0);
    for (Contestant one : all) {
      Stopwatch.warmUp(() -> one(one, single), warmUp);
      accuracies.add(gold == null ? null : accuracy(one.probabilities(bulk), gold));
    }
    int rounds = singleSeconds[0].length;
    for (int round = 0; round < rounds; round++) {
      progress.accept(round + 1);
      for (int i = 0; i < all.size(); i++) {
        Contestant contestant = all.get(i);
        singleSeconds[i][round] = Stopwatch.seconds(() -> one(contestant, single)) / single.size();
        bulkSeconds[i][round] =
            Stopwatch.seconds(() -> contestant.probabilities(bulk)) / bulk.size();
      }
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      rows.add(row(i, accuracies.get(i)));
    }
    return rows;
  }

  private static void one(Contestant contestant, List<String> texts) {
    texts.forEach(text -> contestant.probabilities(List.of(text)));
  }

  private Row row(int i, @Nullable Double accuracy) {
    return new Row(
        all.get(i).name(),
        all.get(i).bytes(),
        accuracy,
        Spread.of(Arrays.stream(singleSeconds[i]).map(s -> MILLI * s).toArray()),
        Spread.of(Arrays.stream(bulkSeconds[i]).map(s -> 1 / s).toArray()),
        ratio(singleSeconds, i),
        ratio(bulkSeconds, i));
  }

  /** Of the last one's seconds to these, within each round. */
  private static double ratio(double[][] seconds, int i) {
    double[] last = seconds[seconds.length - 1];
    double[] ratios = new double[last.length];
    for (int round = 0; round < ratios.length; round++) {
      ratios[round] = last[round] / seconds[i][round];
    }
    return Spread.of(ratios).median();
  }

  static double accuracy(double[][] probabilities, int[] gold) {
    int right = 0;
    for (int i = 0; i < gold.length; i++) {
      double[] row = probabilities[i];
      int best = 0;
      for (int k = 1; k < row.length; k++) {
        best = row[k] > row[best] ? k : best;
      }
      right += best == gold[i] ? 1 : 0;
    }
    return (double) right / gold.length;
  }
}

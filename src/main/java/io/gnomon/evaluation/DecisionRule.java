package io.gnomon.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Which of K labels a text is given, from a probability for each. No other label exists. */
public sealed interface DecisionRule {
  /** Whether each of the K labels is given; {@code p} holds their probabilities. */
  boolean[] decide(double[] p);

  /** What it is called in files: {@code threshold}, {@code threshold-per-label}, {@code top-k}. */
  String name();

  /** Its numbers by name: {@code threshold}, {@code k}, or each label's threshold by the label. */
  Map<String, Double> parameters(List<String> labels);

  /** {@link #decide} on each of N rows. */
  default boolean[][] decide(double[][] rows) {
    return Arrays.stream(rows).map(this::decide).toArray(boolean[][]::new);
  }

  /**
   * Every label from one threshold on, which all share.
   *
   * @param threshold smallest probability that gives a label
   */
  record Threshold(double threshold) implements DecisionRule {
    @Override
    public String name() {
      return "threshold";
    }

    @Override
    public Map<String, Double> parameters(List<String> labels) {
      return Map.of("threshold", threshold);
    }

    @Override
    public boolean[] decide(double[] p) {
      boolean[] given = new boolean[p.length];
      for (int k = 0; k < p.length; k++) {
        given[k] = p[k] >= threshold;
      }
      return given;
    }
  }

  /**
   * Each label from a threshold of its own on.
   *
   * @param thresholds in label order
   */
  record Thresholds(List<Double> thresholds) implements DecisionRule {
    public Thresholds {
      thresholds = List.copyOf(thresholds);
    }

    @Override
    public String name() {
      return "threshold-per-label";
    }

    @Override
    public Map<String, Double> parameters(List<String> labels) {
      Map<String, Double> byLabel = new LinkedHashMap<>();
      for (int k = 0; k < labels.size(); k++) {
        byLabel.put(labels.get(k), thresholds.get(k));
      }
      return byLabel;
    }

    @Override
    public boolean[] decide(double[] p) {
      boolean[] given = new boolean[p.length];
      for (int k = 0; k < p.length; k++) {
        given[k] = p[k] >= thresholds.get(k);
      }
      return given;
    }
  }

  /**
   * The k likeliest labels, of equal ones the first in label order; all where there are fewer.
   *
   * @param k how many, at least 1
   */
  record TopK(int k) implements DecisionRule {
    public TopK {
      if (k < 1) {
        throw new IllegalArgumentException("k must be at least 1, was " + k);
      }
    }

    @Override
    public String name() {
      return "top-k";
    }

    @Override
    public Map<String, Double> parameters(List<String> labels) {
      return Map.of("k", (double) k);
    }

    @Override
    public boolean[] decide(double[] p) {
      boolean[] given = new boolean[p.length];
      IntStream.range(0, p.length)
          .boxed()
          .sorted(Comparator.comparingDouble(label -> -p[label]))
          .limit(k)
          .forEach(label -> given[label] = true);
      return given;
    }
  }
}

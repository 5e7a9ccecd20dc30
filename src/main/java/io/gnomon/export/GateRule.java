package io.gnomon.export;

import io.gnomon.export.GateReport.Accuracy;
import io.gnomon.export.GateReport.Part;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far an export's answers may be from the student's.
 *
 * <p>float32 and float16: on every text each probability within 1e-4, within 5e-3, and the same
 * labels, but for texts where the student itself is that close to giving others. 8 bits: the same
 * labels on 99% of the task's texts (99% of all decisions, where a text may have several labels),
 * and at most half a point of accuracy lost; and the same labels on the list, but for texts where
 * the student is not sure by more than 0.05.
 */
final class GateRule {
  private static final double LEAST_AGREEMENT = 0.99;
  private static final double MOST_ACCURACY_LOST = 0.005;

  /** 8-bit products move a probability by so much now and then. */
  private static final double UNSURE = 0.05;

  /** Rounding of a difference of shares. */
  private static final double ROUNDING = 1e-9;

  private static final int EXCERPT = 48;

  private final LabelDecisions decisions;
  private final ExportPrecision precision;

  GateRule(LabelDecisions decisions, ExportPrecision precision) {
    this.decisions = decisions;
    this.precision = precision;
  }

  private double tolerance() {
    return switch (precision) {
      case FP32 -> 1e-4;
      case FP16 -> 5e-3;
      case INT8 -> UNSURE;
    };
  }

  /** Compares text by text, and refuses what may not be. */
  Part require(String name, List<String> texts, double[][] expected, double[][] found) {
    Part part = compare(name, texts, expected, found);
    if (part.changed() > part.undecided()) {
      int text =
          first(
              texts.size(),
              i ->
                  decisions.changed(expected[i], found[i])
                      > decisions.undecided(expected[i], found[i], tolerance()));
      throw new GateException(
          "%s: %s: expected %s as the student has it, found %s; nothing is left of this export"
              .formatted(
                  name,
                  excerpt(texts, text),
                  decisions.names(decisions.of(expected[text])),
                  decisions.names(decisions.of(found[text]))));
    }
    return part;
  }

  private Part compare(String name, List<String> texts, double[][] expected, double[][] found) {
    double largest = 0;
    int changed = 0;
    int undecided = 0;
    for (int text = 0; text < expected.length; text++) {
      double difference = difference(expected[text], found[text]);
      refuseFar(name, texts, text, difference);
      largest = Math.max(largest, difference);
      changed += decisions.changed(expected[text], found[text]);
      undecided += decisions.undecided(expected[text], found[text], tolerance());
    }
    int taken = expected.length * decisions.each();
    return new Part(name, expected.length, taken, largest, changed, undecided);
  }

  private void refuseFar(String name, List<String> texts, int text, double difference) {
    double most = precision == ExportPrecision.INT8 ? 1 : tolerance();
    if (!(difference <= most)) { // NaN is far
      throw new GateException(
          String.format(
              Locale.ROOT,
              "%s: %s: expected probabilities within %s of the student's, found one %.2g away;"
                  + " nothing is left of this export",
              name,
              excerpt(texts, text),
              most,
              difference));
    }
  }

  private static int first(int texts, IntPredicate which) {
    return IntStream.range(0, texts).filter(which).findFirst().orElseThrow();
  }

  /** The same of the task's texts, where 8 bits may change some. */
  Part requireTask(List<String> texts, double[][] expected, double[][] found) {
    String name = "the task's texts";
    if (precision != ExportPrecision.INT8) {
      return require(name, texts, expected, found);
    }
    Part part = compare(name, texts, expected, found);
    if (part.agreement() < LEAST_AGREEMENT) {
      throw new GateException(
          String.format(
              Locale.ROOT,
              "%s: expected the student's labels on at least 99%% of %d, found %.2f%%, first %s;"
                  + " nothing is left of this export; take --precision fp16",
              name,
              part.texts(),
              100 * part.agreement(),
              excerpt(
                  texts, first(texts.size(), i -> decisions.changed(expected[i], found[i]) > 0))));
    }
    return part;
  }

  /** Share of texts given exactly their labels, before and after; refuses too great a loss. */
  Accuracy accuracy(boolean[][] gold, double[][] before, double[][] after) {
    Accuracy accuracy = new Accuracy(accuracy(gold, before), accuracy(gold, after));
    if (accuracy.student() - accuracy.exported() > MOST_ACCURACY_LOST + ROUNDING) {
      throw new GateException(
          String.format(
              Locale.ROOT,
              "the task's texts: expected at most 0.5 points of accuracy lost, found %.2f%% where"
                  + " the student has %.2f%%; nothing is left of this export",
              100 * accuracy.exported(),
              100 * accuracy.student()));
    }
    return accuracy;
  }

  /** Share of texts given exactly their labels. */
  double accuracy(boolean[][] gold, double[][] p) {
    long right =
        IntStream.range(0, gold.length)
            .filter(i -> Arrays.equals(gold[i], decisions.of(p[i])))
            .count();
    return (double) right / gold.length;
  }

  private static double difference(double[] expected, double[] found) {
    double largest = 0;
    for (int k = 0; k < expected.length; k++) {
      largest = Math.max(largest, Math.abs(expected[k] - found[k])); // keeps NaN
    }
    return largest;
  }

  private static String excerpt(List<String> texts, int number) {
    String text = texts.get(number);
    int end = text.offsetByCodePoints(0, Math.min(EXCERPT, text.codePointCount(0, text.length())));
    String cut = text.substring(0, end) + (end < text.length() ? "…" : "");
    return "text " + (number + 1) + " " + JsonMapper.shared().writeValueAsString(cut);
  }
}

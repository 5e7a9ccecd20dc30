package io.gnomon.export;

import io.gnomon.export.GateReport.Accuracy;
import io.gnomon.export.GateReport.Cut;
import io.gnomon.export.GateReport.Part;
import io.gnomon.teacher.TokenBatch;
import io.gnomon.teacher.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets an export pass only if it answers as the student does.
 *
 * <p>float32 and float16: on every text each probability within 1e-4, within 5e-3, and the same
 * labels, but for texts where the student itself is that close to giving others. 8 bits: the same
 * labels on 99% of the task's texts (99% of all decisions, where a text may have several labels),
 * and at most half a point of accuracy lost; and the same labels on the list, but for texts where
 * the student is not sure by more than 0.05.
 */
final class Gate {
  private static final double LEAST_AGREEMENT = 0.99;
  private static final double MOST_ACCURACY_LOST = 0.005;

  /** 8-bit products move a probability by so much now and then. */
  private static final double UNSURE = 0.05;

  /** Rounding of a difference of shares. */
  private static final double ROUNDING = 1e-9;

  /** Texts of a padded batch: few, so that neighbours of all lengths meet. */
  private static final int LIST_BATCH = 7;

  private static final int TASK_BATCH = 16;
  private static final int EXCERPT = 48;

  private final Answering student;
  private final LabelDecisions decisions;
  private final ExportPrecision precision;
  private final int maxLength;

  Gate(Answering student, LabelDecisions decisions, ExportPrecision precision, int maxLength) {
    this.student = student;
    this.decisions = decisions;
    this.precision = precision;
    this.maxLength = maxLength;
  }

  /** Answers to texts as a user would ask for them. */
  @FunctionalInterface
  interface Texts {
    /** N rows of K probabilities. */
    double[][] answers(List<String> texts);
  }

  /**
   * What passes.
   *
   * @param texts of the list and the task
   * @param tokenizer the one that is exported
   * @param whole the teacher's, where the exported one is cut
   * @param exported on tokens
   * @param reader on texts; empty for a format that is read elsewhere
   * @throws GateException on the first text that fails
   */
  GateReport check(
      GateTexts texts,
      Tokenizer tokenizer,
      Optional<Tokenizer> whole,
      Answering exported,
      Optional<Texts> reader) {
    List<long[]> list = tokens(texts.list(), tokenizer);
    double[][] expected = student.answers(TokenRows.inOrder(list, 1));
    List<Part> parts = new ArrayList<>();
    parts.add(
        require(
            "the list, each alone",
            texts.list(),
            expected,
            exported.answers(TokenRows.inOrder(list, 1))));
    parts.add(
        require(
            "the list, in padded batches",
            texts.list(),
            expected,
            exported.answers(TokenRows.inOrder(list, LIST_BATCH))));
    reader.ifPresent(
        read ->
            parts.add(
                require("the list, as texts", texts.list(), expected, read.answers(texts.list()))));
    if (texts.task().isEmpty()) {
      Optional<Cut> cut = whole.map(t -> cut(texts.list(), Optional.empty(), expected, list, t));
      return new GateReport(parts, Optional.empty(), cut, texts.missing());
    }
    List<long[]> task = tokens(texts.task(), tokenizer);
    double[][] before = byLength(task);
    int together = precision == ExportPrecision.INT8 ? 1 : TASK_BATCH;
    double[][] after = exported.answers(TokenRows.inOrder(task, together));
    parts.add(requireTask(texts.task(), before, after));
    Accuracy accuracy = accuracy(texts.gold(), before, after);
    Optional<Cut> cut =
        whole.map(t -> cut(texts.task(), Optional.of(texts.gold()), before, task, t));
    return new GateReport(parts, Optional.of(accuracy), cut, "");
  }

  private List<long[]> tokens(List<String> texts, Tokenizer tokenizer) {
    return texts.stream()
        .map(tokenizer::encode)
        .map(ids -> ids.length > maxLength ? Arrays.copyOf(ids, maxLength) : ids)
        .toList();
  }

  /** The student on batches of like length, in the order of the texts. */
  private double[][] byLength(List<long[]> tokens) {
    int[] order =
        IntStream.range(0, tokens.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> tokens.get(i).length))
            .mapToInt(Integer::intValue)
            .toArray();
    List<TokenBatch> batches =
        TokenRows.inOrder(Arrays.stream(order).mapToObj(tokens::get).toList(), TASK_BATCH);
    double[][] sorted = student.answers(batches);
    double[][] answers = new double[sorted.length][];
    for (int i = 0; i < order.length; i++) {
      answers[order[i]] = sorted[i];
    }
    return answers;
  }

  private double tolerance() {
    return switch (precision) {
      case FP32 -> 1e-4;
      case FP16 -> 5e-3;
      case INT8 -> UNSURE;
    };
  }

  /** Compares text by text, and refuses what may not be. */
  private Part require(String name, List<String> texts, double[][] expected, double[][] found) {
    Part part = compare(name, texts, expected, found);
    if (part.changed() > part.undecided()) {
      int text = firstChanged(expected, found);
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
      refuseFar(name, excerpt(texts, text), difference);
      largest = Math.max(largest, difference);
      changed += decisions.changed(expected[text], found[text]);
      undecided += decisions.undecided(expected[text], found[text], tolerance());
    }
    int taken = expected.length * decisions.each();
    return new Part(name, expected.length, taken, largest, changed, undecided);
  }

  private void refuseFar(String name, String text, double difference) {
    double most = precision == ExportPrecision.INT8 ? 1 : tolerance();
    if (!(difference <= most)) { // NaN is far
      throw new GateException(
          String.format(
              Locale.ROOT,
              "%s: %s: expected probabilities within %s of the student's, found one %.2g away;"
                  + " nothing is left of this export",
              name,
              text,
              most,
              difference));
    }
  }

  private int firstChanged(double[][] expected, double[][] found) {
    return IntStream.range(0, expected.length)
        .filter(
            i ->
                decisions.changed(expected[i], found[i])
                    > decisions.undecided(expected[i], found[i], tolerance()))
        .findFirst()
        .orElseThrow();
  }

  private Part requireTask(List<String> texts, double[][] expected, double[][] found) {
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
              excerpt(texts, firstOther(expected, found))));
    }
    return part;
  }

  private int firstOther(double[][] expected, double[][] found) {
    return IntStream.range(0, expected.length)
        .filter(i -> decisions.changed(expected[i], found[i]) > 0)
        .findFirst()
        .orElseThrow();
  }

  private Accuracy accuracy(boolean[][] gold, double[][] before, double[][] after) {
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

  private double accuracy(boolean[][] gold, double[][] p) {
    long right =
        IntStream.range(0, gold.length)
            .filter(i -> Arrays.equals(gold[i], decisions.of(p[i])))
            .count();
    return (double) right / gold.length;
  }

  private Cut cut(
      List<String> texts,
      Optional<boolean[][]> gold,
      double[][] onCut,
      List<long[]> cut,
      Tokenizer tokenizer) {
    List<long[]> whole = tokens(texts, tokenizer);
    double[][] onWhole = byLength(whole);
    int n = texts.size();
    long tokens =
        IntStream.range(0, n).filter(i -> Arrays.equals(whole.get(i), cut.get(i))).count();
    double changed = IntStream.range(0, n).map(i -> decisions.changed(onWhole[i], onCut[i])).sum();
    Optional<Accuracy> accuracy =
        gold.map(labelled -> new Accuracy(accuracy(labelled, onWhole), accuracy(labelled, onCut)));
    return new Cut(n, (double) tokens / n, 1 - changed / (n * decisions.each()), accuracy);
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
    String cut = text.length() > EXCERPT ? text.substring(0, EXCERPT) + "…" : text;
    return "text " + (number + 1) + " " + JsonMapper.shared().writeValueAsString(cut);
  }
}

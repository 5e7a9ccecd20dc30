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
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Lets an export pass only if it answers as the student does, by {@link GateRule}: on the list that
 * ships with the program, text by text, in padded batches and as its reader reads it, and on the
 * task's own texts where they are at hand.
 */
final class Gate {
  /** Texts of a padded batch: few, so that neighbours of all lengths meet. */
  private static final int LIST_BATCH = 7;

  private static final int TASK_BATCH = 16;

  private final Answering student;
  private final LabelDecisions decisions;
  private final ExportPrecision precision;
  private final GateRule rule;
  private final int maxLength;

  Gate(Answering student, LabelDecisions decisions, ExportPrecision precision, int maxLength) {
    this.student = student;
    this.decisions = decisions;
    this.precision = precision;
    this.rule = new GateRule(decisions, precision);
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
    List<Part> parts = new ArrayList<>(onList(texts.list(), list, expected, exported));
    reader.ifPresent(
        read ->
            parts.add(
                rule.require(
                    "the list, as texts", texts.list(), expected, read.answers(texts.list()))));
    if (texts.task().isEmpty()) {
      Optional<Cut> cut =
          whole.map(own -> cut(texts.list(), Optional.empty(), expected, list, own));
      return new GateReport(parts, Optional.empty(), cut, texts.missing());
    }
    List<long[]> task = tokens(texts.task(), tokenizer);
    double[][] before = byLength(task);
    double[][] after = exported.answers(TokenRows.inOrder(task, taskBatch()));
    parts.add(rule.requireTask(texts.task(), before, after));
    Accuracy accuracy = rule.accuracy(texts.gold(), before, after);
    Optional<Cut> cut =
        whole.map(own -> cut(texts.task(), Optional.of(texts.gold()), before, task, own));
    return new GateReport(parts, Optional.of(accuracy), cut, "");
  }

  private List<Part> onList(
      List<String> texts, List<long[]> tokens, double[][] expected, Answering exported) {
    double[][] alone = exported.answers(TokenRows.inOrder(tokens, 1));
    double[][] padded = exported.answers(TokenRows.inOrder(tokens, LIST_BATCH));
    return List.of(
        rule.require("the list, each alone", texts, expected, alone),
        rule.require("the list, in padded batches", texts, expected, padded));
  }

  /** 8-bit texts run alone, as their reader runs them. */
  private int taskBatch() {
    return precision == ExportPrecision.INT8 ? 1 : TASK_BATCH;
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
        gold.map(
            labelled ->
                new Accuracy(rule.accuracy(labelled, onWhole), rule.accuracy(labelled, onCut)));
    return new Cut(n, (double) tokens / n, 1 - changed / (n * decisions.each()), accuracy);
  }
}

package io.gnomon.experiment;

import io.gnomon.answer.AnswerKey;
import io.gnomon.answer.AnswerTable;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.evaluation.TokenizedSet;
import io.gnomon.projection.ProbeSet;
import io.gnomon.tensor.Matrices;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The kept answers that one configuration reads.
 *
 * @param training to the batches of its steps
 * @param probe to the probe set
 * @param texts to the traced texts; null when none are traced
 */
record KeptTables(AnswerTable training, AnswerTable probe, @Nullable AnswerTable texts)
    implements AutoCloseable {
  /** Texts a record. */
  static final int TEXT_ROWS = 64;

  /** Opens them below {@code root}; nothing is made on the disk. */
  static KeptTables open(Path root, AnswerKey.Asked asked, @Nullable TokenizedSet texts) {
    ExperimentConfig config = asked.config();
    List<AnswerTable> opened = new ArrayList<>();
    try {
      long steps = config.text() == null ? config.training().steps() : 0; // text has its own
      opened.add(AnswerTable.open(root, AnswerKey.training(asked), steps));
      opened.add(openProbe(root, asked, config.trace().probe()));
      AnswerTable ofTexts = texts == null ? null : openTexts(root, asked, texts);
      return new KeptTables(opened.get(0), opened.get(1), ofTexts);
    } catch (RuntimeException e) {
      opened.forEach(AnswerTable::close);
      throw e;
    }
  }

  private static AnswerTable openProbe(Path root, AnswerKey.Asked asked, int samples) {
    AnswerKey key = AnswerKey.samples(asked, "probe", ProbeSet.BATCH, samples);
    return AnswerTable.open(root, key, batches(samples, ProbeSet.BATCH));
  }

  /** Those to a set of texts. */
  static AnswerTable openTexts(Path root, AnswerKey.Asked asked, TokenizedSet texts) {
    AnswerKey key = AnswerKey.texts(asked, texts.sha256(), TEXT_ROWS);
    return AnswerTable.open(root, key, batches(texts.size(), TEXT_ROWS));
  }

  private static long batches(int rows, int batch) {
    return ((long) rows + batch - 1) / batch;
  }

  /** All that are there. */
  List<AnswerTable> all() {
    return texts == null ? List.of(training, probe) : List.of(training, probe, texts);
  }

  /** The one that a message names: of training, or of the probe set where that draws nothing. */
  AnswerTable named() {
    return training.batches() > 0 ? training : probe;
  }

  /** Whether no answer is missing. */
  boolean complete() {
    return all().stream().allMatch(AnswerTable::complete);
  }

  /** Keeps g on N texts. */
  static void keepTexts(AnswerTable table, double[][] g) {
    keepTexts(table, 0, g);
  }

  /** Keeps g on the texts of the records from {@code number} on. */
  static void keepTexts(AnswerTable table, long number, double[][] g) {
    for (int first = 0; first < g.length; first += TEXT_ROWS) {
      double[][] rows = Arrays.copyOfRange(g, first, Math.min(first + TEXT_ROWS, g.length));
      table.keep(number + first / TEXT_ROWS, Matrices.flat(rows));
    }
  }

  /** g on {@code count} texts, all of which are kept. */
  static double[][] readTexts(AnswerTable table, int count) {
    return IntStream.range(0, count).mapToObj(row -> text(table, row)).toArray(double[][]::new);
  }

  private static double[] text(AnswerTable table, int row) {
    float[] batch = table.find(row / TEXT_ROWS).orElseThrow();
    int width = table.key().classes();
    int first = row % TEXT_ROWS * width;
    return IntStream.range(first, first + width).mapToDouble(i -> batch[i]).toArray();
  }

  @Override
  public void close() {
    all().forEach(AnswerTable::close);
  }
}

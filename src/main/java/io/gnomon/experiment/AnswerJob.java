package io.gnomon.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.gnomon.answer.AnswerTable;
import io.gnomon.answer.Shard;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.TraceConfig.TextTraceConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.evaluation.TokenizedSet;
import io.gnomon.projection.ProbeSet;
import io.gnomon.sampler.Sampler;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The teacher's answers to all that a configuration trains and measures on, kept before any run of
 * it: by one process, or share by share by several.
 */
public final class AnswerJob {
  private final ExperimentConfig config;
  private final Path root;
  private final AnswerListener listener;

  /**
   * A job for the runs of {@code config}.
   *
   * @param root folder of the kept answers
   */
  public AnswerJob(ExperimentConfig config, Path root, AnswerListener listener) {
    this.config = config;
    this.root = root;
    this.listener = listener;
  }

  /**
   * What a job came to.
   *
   * @param finished false when it was stopped; the same job goes on from there
   * @param asked batches that the teacher answered now
   * @param done batches of this share that are kept
   * @param folders where they lie
   */
  public record Outcome(boolean finished, long asked, long done, List<Path> folders) {}

  /** One share at work. */
  private final class Share {
    private final TeacherSide side;
    private final Shard shard;
    private final KeptTables tables;
    private final long all;
    private final long before;
    private long asked;

    Share(TeacherSide side, Shard shard) {
      this.side = side;
      this.shard = shard;
      this.tables = Objects.requireNonNull(side.tables());
      this.all = tables.all().stream().mapToLong(this::batches).sum();
      tables.all().forEach(this::claim);
      this.before = all - tables.all().stream().mapToLong(table -> missing(table).length).sum();
    }

    /** Texts are few, and answered in one go: all by the first share. */
    private boolean ofTexts(AnswerTable table) {
      return table == tables.texts();
    }

    private long batches(AnswerTable table) {
      if (ofTexts(table)) {
        return shard.index() == 0 ? table.batches() : 0;
      }
      return (table.batches() - shard.index() + shard.count() - 1) / shard.count();
    }

    private long[] missing(AnswerTable table) {
      if (ofTexts(table)) {
        return shard.index() == 0 ? table.missing(Shard.WHOLE) : new long[0];
      }
      return table.missing(shard);
    }

    private void claim(AnswerTable table) {
      if (missing(table).length > 0 && !table.claim(shard)) {
        throw new InputException(
            table.folder()
                + ": another gnomon is appending to share "
                + shard
                + " of these answers; wait for it to end, or take another --shard");
      }
    }

    Outcome run() {
      listener.answered(before, all);
      if (before < all) {
        side.warnings().forEach(listener::note);
        side.teacher();
      }
      texts();
      boolean finished =
          batches(tables.training(), "training", config.training().batchSize())
              && batches(tables.probe(), "probe", ProbeSet.BATCH);
      return new Outcome(
          finished, asked, before + asked, tables.all().stream().map(AnswerTable::folder).toList());
    }

    private void texts() {
      AnswerTable table = tables.texts();
      TokenizedSet set = side.texts();
      if (table == null || set == null || missing(table).length == 0) {
        return;
      }
      int count = missing(table).length;
      double[][] g = set.answers(side.teacher());
      requireFinite(
          Stream.of(g).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite), "text");
      KeptTables.keepTexts(table, g);
      answered(count);
    }

    /** False when the listener says stop. */
    private boolean batches(AnswerTable table, String stream, int size) {
      Sampler sampler = side.sampler(stream);
      for (long number : missing(table)) {
        if (listener.stop()) {
          return false;
        }
        table.keep(number, answer(sampler, table, number, size));
        answered(1);
      }
      return true;
    }

    private float[] answer(Sampler sampler, AnswerTable table, long number, int size) {
      boolean probe = table == tables.probe();
      int rows = probe ? (int) Math.min(size, config.trace().probe() - number * size) : size;
      try (NDScope scope = new NDScope();
          NDManager local = side.space().manager().newSubManager()) {
        scope.suppressNotUsedWarning();
        NDArray x = sampler.sample(local, number, rows);
        float[] g = side.teacher().probabilities(x).toFloatArray();
        requireFinite(AnswerTable.finite(g), "batch " + number + " of " + table.key().inputs());
        return g;
      }
    }

    private void answered(int count) {
      asked += count;
      listener.answered(before + asked, all);
    }
  }

  /** Refuses a teacher whose answers are no numbers. */
  static void requireFinite(boolean finite, String where) {
    if (!finite) {
      throw new InputException(
          "teacher: expected finite probabilities, found others in "
              + where
              + "; try teacher.precision: fp32, then another copy of the weights");
    }
  }

  /**
   * Answers what is missing of one share; a job that was stopped goes on where it was.
   *
   * @throws InputException when another process is at the same share, or teacher, data or folder
   *     cannot be used
   */
  public Outcome answer(Shard shard) {
    try (TeacherSide side = open()) {
      return new Share(side, shard).run();
    }
  }

  /**
   * Puts the shares of each table into one file, having checked that none is missing. No teacher is
   * loaded.
   *
   * @return where they lie
   * @throws InputException when a batch is missing, a file is damaged or another process is at work
   */
  public List<Path> merge() {
    try (TeacherSide side = open()) {
      List<AnswerTable> tables = Objects.requireNonNull(side.tables()).all();
      // All are checked before any is touched.
      tables.forEach(AnswerTable::requireComplete);
      tables.forEach(AnswerTable::merge);
      return tables.stream().map(AnswerTable::folder).toList();
    }
  }

  private TeacherSide open() {
    if (config.text() != null) {
      throw new InputException(
          "text: expected an experiment without it, for answers are asked ahead to noise, found one"
              + " that trains on text; 'gnomon run' keeps the answers to its texts itself");
    }
    TextTraceConfig text = config.trace().text();
    LabelledSet labelled = text == null ? null : TracedTexts.read(config, text);
    return TeacherSide.open(config, root, labelled);
  }
}

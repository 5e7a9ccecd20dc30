package io.gnomon.experiment;

import io.gnomon.answer.AnswerKey;
import io.gnomon.answer.AnswerTable;
import io.gnomon.answer.Shard;
import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.FileProblem;
import io.gnomon.checkpoint.Json;
import io.gnomon.config.InputException;
import io.gnomon.evaluation.TokenizedSet;
import io.gnomon.projection.ProjectionListener;
import io.gnomon.teacher.Teacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A teacher's answers to a set of texts, asked a portion at a time, each kept at once with the time
 * it took: students and seeds share them, and a killed run goes on behind the last portion.
 */
final class LabellingCache {
  /** Records a portion: enough texts to be batched by length, few enough to be stopped between. */
  private static final int PORTION = 8;

  private static final String COST = "cost.json";
  private static final String SECONDS = "seconds";

  private final AnswerTable table;
  private final TokenizedSet texts;
  private final Supplier<Teacher> teacher;

  private LabellingCache(AnswerTable table, TokenizedSet texts, Supplier<Teacher> teacher) {
    this.table = table;
    this.texts = texts;
    this.teacher = teacher;
  }

  /**
   * g on the texts.
   *
   * @param root folder of the kept answers
   * @param teacher asked for when an answer is missing
   * @param listener hears how many are missing; asked before each portion whether to stop
   * @return empty when stopped
   * @throws InputException when another run is asking the same, or the folder cannot be used
   */
  static Optional<Labelling> of(
      Path root,
      AnswerKey.Asked asked,
      TokenizedSet texts,
      Supplier<Teacher> teacher,
      ProjectionListener listener) {
    try (AnswerTable table = KeptTables.openTexts(root, asked, texts)) {
      return new LabellingCache(table, texts, teacher).run(listener);
    }
  }

  private Optional<Labelling> run(ProjectionListener listener) {
    claim(listener);
    for (long[] left = missing(); left.length > 0; left = missing()) {
      if (listener.stop()) {
        return Optional.empty();
      }
      ask(left[0], LongStream.of(left).limit(PORTION).max().orElseThrow());
    }
    return Optional.of(new Labelling(KeptTables.readTexts(table, texts.size()), seconds()));
  }

  private long[] missing() {
    return table.missing(Shard.WHOLE);
  }

  private void claim(ProjectionListener listener) {
    long[] missing = missing();
    if (missing.length == 0) {
      return;
    }
    long asked = LongStream.of(missing).map(record -> end(record) - first(record)).sum();
    listener.note("the teacher is asked about " + asked + " texts");
    if (!table.claim(Shard.WHOLE)) {
      throw new InputException(
          table.folder()
              + ": another gnomon is asking the teacher about these texts; wait for it to end, then"
              + " run this again");
    }
  }

  /** Asks about the texts of records {@code first} to {@code last}, those between included. */
  private void ask(long first, long last) {
    Teacher asked = teacher.get();
    long start = System.nanoTime();
    double[][] g = texts.part(first(first), end(last)).answers(asked);
    AnswerJob.requireFinite(
        Stream.of(g).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite), "text");
    double spent = seconds() + (System.nanoTime() - start) / 1e9;
    KeptTables.keepTexts(table, first, g);
    AtomicFiles.writeString(table.folder().resolve(COST), Json.write(Map.of(SECONDS, spent)));
  }

  /** The first text of a record. */
  private static int first(long record) {
    return Math.toIntExact(record * KeptTables.TEXT_ROWS);
  }

  /** The text behind the last of a record. */
  private int end(long record) {
    return Math.min(texts.size(), first(record + 1));
  }

  /** Seconds that all answers here took so far. */
  private double seconds() {
    Path file = table.folder().resolve(COST);
    try {
      return Files.isRegularFile(file)
          ? JsonMapper.shared().readTree(Files.readString(file)).path(SECONDS).asDouble(0)
          : 0;
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    } catch (JacksonException e) {
      throw new InputException(
          file + ": expected {\"seconds\": N}, found other text; delete the folder it is in", e);
    }
  }
}

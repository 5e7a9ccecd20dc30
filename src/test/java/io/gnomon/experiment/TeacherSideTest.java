package io.gnomon.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gnomon.answer.Answers;
import io.gnomon.answer.Shard;
import io.gnomon.config.ConfigLoader;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.TraceConfig.TextTraceConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.evaluation.TokenizedSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a teacher is loaded, and whether that can be told from the answers. */
class TeacherSideTest {
  private static final Path HOME = Path.of(System.getProperty("gnomon.home", "."));
  private static final int STEPS = 5;
  private static final int PROBE = 67; // a whole batch of 64 and a part of one

  @TempDir Path root;

  @Test
  void keptAnswersAreTheTeachersToTheLastBitAndLoadNone() {
    ExperimentConfig config = config();
    List<String> said = new ArrayList<>();
    Stopping listener = new Stopping(4, said);
    AnswerJob.Outcome stopped = new AnswerJob(config, root, listener).answer(Shard.WHOLE);
    assertFalse(stopped.finished());
    assertEquals(4, stopped.done());
    AnswerJob.Outcome outcome =
        new AnswerJob(config, root, new Stopping(Long.MAX_VALUE, said)).answer(Shard.WHOLE);
    assertTrue(outcome.finished());
    assertEquals(STEPS + 2 + 2, outcome.done()); // 71 texts make two records
    assertEquals(outcome.done() - 4, outcome.asked());

    try (TeacherSide kept = side(config, root);
        TeacherSide asked = side(config, null)) {
      List<String> notes = new ArrayList<>();
      kept.prepare(notes::add);
      asked.prepare(notes::add);
      assertEquals(1, notes.size());
      assertTrue(notes.get(0).endsWith(": the teacher is not loaded"), notes::toString);
      for (int step = 0; step < STEPS; step++) {
        same("training", step, 3, asked.training(), kept.training(), kept);
      }
      same("probe", 0, 64, asked.probe(), kept.probe(), kept);
      same("probe", 1, PROBE - 64, asked.probe(), kept.probe(), kept);
      TokenizedSet texts = Objects.requireNonNull(kept.texts());
      assertEquals(71, texts.size());
      assertArrayEquals(asked.textAnswers(texts), kept.textAnswers(texts));
      assertTrue(asked.loaded());
      assertFalse(kept.loaded());
    }
  }

  @Test
  void aSamplerThatAsksFindsItsTeacherBesideKeptAnswers() {
    ExperimentConfig config =
        config(
            "sampler={kind: sharpened, steps: 2, of: samplers/bursty, length: {min: 4, max: 9}}");
    assertTrue(
        new AnswerJob(config, root, new Stopping(99, new ArrayList<>()))
            .answer(Shard.WHOLE)
            .finished());
    try (TeacherSide kept = side(config, root);
        TeacherSide asked = side(config, null)) {
      List<String> notes = new ArrayList<>();
      kept.prepare(notes::add);
      assertTrue(notes.get(0).endsWith(": the teacher answers the sampler alone"), notes::toString);
      assertTrue(kept.loaded());
      for (int step = 0; step < STEPS; step++) {
        same("training", step, 3, asked.training(), kept.training(), kept);
      }
    }
  }

  private static void same(
      String stream, long index, int rows, Answers asked, Answers kept, TeacherSide side) {
    try (NDManager manager = NDManager.newBaseManager(side.device(), "PyTorch")) {
      NDArray x = side.sampler(stream).sample(manager, index, rows);
      NDArray g = kept.probabilities(index, x);
      NDArray expected = asked.probabilities(index, x);
      assertEquals(expected.getShape(), g.getShape());
      assertEquals(expected.getDataType(), g.getDataType());
      assertArrayEquals(expected.toFloatArray(), g.toFloatArray(), stream + " " + index);
    }
  }

  private static TeacherSide side(ExperimentConfig config, @Nullable Path root) {
    TextTraceConfig text = Objects.requireNonNull(config.trace().text());
    LabelledSet labelled = TracedTexts.read(config, text);
    return TeacherSide.open(config, root, labelled);
  }

  private static ExperimentConfig config(String... more) {
    List<String> sets =
        new ArrayList<>(
            List.of(
                "task.calibration={kind: sampler, samples: 7}",
                "teacher.answers=keep",
                "training.steps=" + STEPS,
                "training.batch_size=3",
                "optimizer.warmup_steps=1",
                "trace.probe=" + PROBE,
                "trace.text.limit=71",
                "runtime.device=cpu",
                "runtime.threads=1"));
    sets.addAll(List.of(more));
    return ConfigLoader.experiment(HOME.resolve("configs/quickstart.yaml"), sets).config();
  }

  /** Stops when so many batches are answered. */
  private record Stopping(long at, List<String> said) implements AnswerListener {
    @Override
    public void note(String line) {
      said.add(line);
    }

    @Override
    public void answered(long done, long all) {
      said.add(done + "/" + all);
    }

    @Override
    public boolean stop() {
      return said.stream().anyMatch(line -> line.startsWith(at + "/"));
    }
  }
}

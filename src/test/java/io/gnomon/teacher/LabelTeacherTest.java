package io.gnomon.teacher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.gnomon.Messages;
import io.gnomon.TinyLabels;
import io.gnomon.TinyTeacher;
import io.gnomon.config.CalibrationConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.config.TaskConfig.AnswersConfig;
import io.gnomon.config.TaskConfig.Score;
import io.gnomon.tensor.Precision;
import io.gnomon.tensor.Seeds;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A multi-label teacher against each label's whole prompt, asked as a task of two classes. */
class LabelTeacherTest {
  private static final CalibrationConfig NONE = new CalibrationConfig.None();
  private static final long[] SHORT = {40, 50, 60};
  private static final long[] LONG = {70, 80, 90, 100, 110};

  /** Probabilities in float32 whose sums ran in another order. */
  private static final float TOLERANCE = 1e-5f;

  @TempDir Path folder;
  private LanguageModel model;

  @BeforeEach
  void load() {
    model = LanguageModel.load(TinyTeacher.write(folder).toString(), Precision.FP32, Device.cpu());
  }

  @AfterEach
  void close() {
    model.close();
  }

  @ParameterizedTest
  @EnumSource(Score.class)
  void eachLabelAnswersAsItsWholePromptDoes(Score score) {
    TaskConfig task = TinyLabels.task(score, NONE, 1.7);
    float[][] g = answers(task, SHORT, LONG, new long[] {33});
    assertNaive(task, g, SHORT, LONG, new long[] {33});
    assertTrue(Math.abs(g[0][0] - g[0][1]) > 0.001, Arrays.deepToString(g));
    assertTrue(Math.abs(g[0][0] - g[1][0]) > 0.001, Arrays.deepToString(g));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 2.5})
  void contextualCalibrationIsEachPromptsOwn(double temperature) {
    TaskConfig task =
        TinyLabels.task(Score.MEAN, new CalibrationConfig.Contextual("N/A"), temperature);
    assertNaive(task, answers(task, SHORT, LONG), SHORT, LONG);
    float[] indifferent = answers(task, model.tokenizer().encode("N/A"))[0];
    assertArrayEquals(new float[] {0.5f, 0.5f, 0.5f}, indifferent, TOLERANCE);
  }

  @Test
  void aCalibratedAnswerIsDividedByThePriorOfYesAndOfNo() {
    float[] plain = answers(TinyLabels.task(), LONG)[0];
    float[] prior = {(float) Math.log(0.8), (float) Math.log(0.2), (float) Math.log(0.5)};
    try (Teacher teacher = Teacher.of(model, TinyLabels.task()).calibrated(prior)) {
      float[] g = teacher.probabilities(TokenBatch.of(List.of(LONG)))[0];
      double yes = plain[0] / 0.8;
      double no = (1 - plain[0]) / 0.2;
      assertEquals(yes / (yes + no), g[0], TOLERANCE);
      assertEquals(plain[2], g[2], TOLERANCE);
    }
  }

  @Test
  void embeddingsAnswerAsTheirTokens() {
    try (Teacher teacher = Teacher.of(model, TinyLabels.task());
        NDManager manager = model.manager().newSubManager()) {
      NDArray x = model.embeddings().lookup(manager, new long[][] {LONG, LONG});
      NDArray g = teacher.probabilities(x);
      assertEquals(new Shape(2, 3), g.getShape());
      float[] byToken = teacher.probabilities(TokenBatch.of(List.of(LONG)))[0];
      assertArrayEquals(byToken, Arrays.copyOfRange(g.toFloatArray(), 3, 6), TOLERANCE);
    }
  }

  /** 211 rows leave nine suffix positions a call: the labels are asked one by one. */
  @Test
  void manyRowsAreAskedInPieces() {
    SplittableRandom random = Seeds.random(5, "rows", 0);
    long[][] rows = new long[211][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = LongStream.generate(() -> random.nextInt(30, 200)).limit(1 + i % 5).toArray();
    }
    TaskConfig task = TinyLabels.task();
    float[][] g = answers(task, rows);
    for (int i : new int[] {0, 3, 210}) {
      assertArrayEquals(answers(task, rows[i])[0], g[i], TOLERANCE);
    }
  }

  @Test
  void theLongestSuffixLimitsTheInput() {
    TaskConfig task = TinyLabels.task();
    try (Teacher teacher = Teacher.of(model, task)) {
      // by the letter, but for the words that the tokenizer was trained on: "strange" is longest
      int longest = model.tokenizer().encode(" strange? this is").length;
      assertTrue(longest > model.tokenizer().encode(" great fun? this is").length);
      int prefix = model.tokenizer().encodeOpening("film:").length;
      assertEquals(TinyTeacher.POSITIONS - prefix - longest, teacher.maxInput());
      assertEquals(List.of("fun", "dull", "odd"), teacher.classes());
      long[] fits = new long[teacher.maxInput()];
      assertEquals(3, teacher.probabilities(TokenBatch.of(List.of(fits)))[0].length);
      TokenBatch overrun = TokenBatch.of(List.of(new long[teacher.maxInput() + 1]));
      String message = Messages.of(InputException.class, () -> teacher.probabilities(overrun));
      assertTrue(message.contains("61 positions"), message);
    }
  }

  @Test
  void wordsThatBeginAlikeAreRefusedWithTheirLabel() {
    TaskConfig tiny = TinyLabels.task();
    TaskConfig task =
        new TaskConfig(
            "clash",
            tiny.type(),
            tiny.prompt(),
            tiny.classes(),
            new AnswersConfig(List.of("good"), List.of("good")),
            Score.MAX,
            NONE,
            1,
            null);
    String message = Messages.of(InputException.class, () -> Teacher.of(model, task));
    assertTrue(message.startsWith("task clash/fun: words 'good' (yes) and 'good' (no)"), message);
  }

  @Test
  void answeringLeavesNothingBehind() {
    try (Teacher teacher = Teacher.of(model, TinyLabels.task())) {
      TokenBatch padded = TokenBatch.of(List.of(SHORT, LONG));
      teacher.probabilities(padded);
      int before = model.manager().getManagedArrays().size();
      for (int i = 0; i < 5; i++) {
        teacher.probabilities(padded);
        teacher.probabilities(TokenBatch.of(List.of(new long[7 + i])));
      }
      assertEquals(before, model.manager().getManagedArrays().size());
    }
  }

  /** Each label's prefix ⧺ x ⧺ suffix through a teacher of two classes. */
  private void assertNaive(TaskConfig task, float[][] g, long[]... rows) {
    for (int k = 0; k < task.questions().size(); k++) {
      for (int i = 0; i < rows.length; i++) {
        float[] alone = answers(task.questions().get(k), rows[i])[0];
        assertEquals(alone[0], g[i][k], TOLERANCE, "label " + k + " of row " + i);
      }
    }
  }

  private float[][] answers(TaskConfig task, long[]... rows) {
    try (Teacher teacher = Teacher.of(model, task)) {
      return teacher.probabilities(TokenBatch.of(List.of(rows)));
    }
  }
}

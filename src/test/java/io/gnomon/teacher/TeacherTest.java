package io.gnomon.teacher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gnomon.Messages;
import io.gnomon.TinyTeacher;
import io.gnomon.config.CalibrationConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.config.TaskConfig.Score;
import io.gnomon.tensor.Precision;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The prompt, the label words and the read-out around a tiny random model. */
class TeacherTest {
  private static final CalibrationConfig NONE = new CalibrationConfig.None();
  private static final long[] SHORT = {40, 50, 60};
  private static final long[] LONG = {70, 80, 90, 100, 110};

  /** Probabilities in float32 whose sums ran in another order. */
  private static final float TOLERANCE = 1e-5f;

  /**
   * A step along which the tiny model is all but straight, and float32 still tells its ends apart.
   */
  private static final double STEP = 1e-2;

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

  @Test
  void answersSumToOneAndDependOnTheInput() {
    float[][] g = answers(TinyTeacher.task(), SHORT, LONG, new long[] {5});
    for (float[] row : g) {
      assertEquals(1, row[0] + row[1], TOLERANCE);
    }
    assertTrue(Math.abs(g[0][0] - g[2][0]) > 0.01, Arrays.deepToString(g));
  }

  @ParameterizedTest
  @ValueSource(strings = {" this is", ""})
  void aPaddedRowAnswersAsAlone(String suffix) {
    TaskConfig task = TinyTeacher.task(Score.MAX, NONE, 1, suffix);
    float[][] together = answers(task, new long[] {33}, SHORT, LONG);
    assertArrayEquals(answers(task, new long[] {33})[0], together[0], TOLERANCE);
    assertArrayEquals(answers(task, SHORT)[0], together[1], TOLERANCE);
    assertArrayEquals(answers(task, LONG)[0], together[2], TOLERANCE);
  }

  @Test
  void embeddingsAnswerAsTheirTokens() {
    try (Teacher teacher = Teacher.of(model, TinyTeacher.task());
        NDManager manager = model.manager().newSubManager()) {
      NDArray x = model.embeddings().lookup(manager, new long[][] {LONG});
      float[] byEmbedding = teacher.probabilities(x).toFloatArray();
      float[] byToken = teacher.probabilities(TokenBatch.of(List.of(LONG)))[0];
      assertArrayEquals(byToken, byEmbedding, TOLERANCE);
    }
  }

  @ParameterizedTest
  @EnumSource(Score.class)
  void theScoreIsThatOfTheWordsLogits(Score score) {
    double temperature = 1.7;
    double[] words = wordLogits();
    double[] scores = {score(score, words, 0, 2), score(score, words, 2, 5)};
    double odds = Math.exp((scores[1] - scores[0]) / temperature);
    float[] g = answers(TinyTeacher.task(score, NONE, temperature, " this is"), LONG)[0];
    assertEquals(1 / (1 + odds), g[0], TOLERANCE);
  }

  private static double score(Score score, double[] words, int from, int to) {
    double[] own = Arrays.copyOfRange(words, from, to);
    return switch (score) {
      case MAX -> Arrays.stream(own).max().orElseThrow();
      case MEAN -> Arrays.stream(own).sum() / own.length;
      case LOGSUMEXP -> Math.log(Arrays.stream(own).map(Math::exp).sum());
    };
  }

  /** The same through the whole vocabulary, without a cache. */
  private double[] wordLogits() {
    Tokenizer tokenizer = model.tokenizer();
    long[] ids =
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    List.of(tokenizer.encodeOpening("film:"), LONG, tokenizer.encode(" this is"))
                        .get(i))
            .flatMapToLong(Arrays::stream)
            .toArray();
    float[] logits = model.nextTokenLogits(ids);
    return Verbalizer.of(TinyTeacher.task(), tokenizer).words().stream()
        .mapToDouble(word -> logits[(int) word.token()])
        .toArray();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 2.5})
  void contextualCalibrationMakesTheContentFreeTextUniform(double temperature) {
    CalibrationConfig contextual = new CalibrationConfig.Contextual("N/A");
    TaskConfig task = TinyTeacher.task(Score.MEAN, contextual, temperature, " this is");
    TaskConfig plain = TinyTeacher.task(Score.MEAN, NONE, temperature, " this is");
    long[] contentFree = model.tokenizer().encode("N/A");
    assertTrue(Math.abs(answers(plain, contentFree)[0][0] - 0.5) > 0.01, "nothing to correct");
    assertEquals(0.5, answers(task, contentFree)[0][0], TOLERANCE);
  }

  @ParameterizedTest
  @EnumSource(Score.class)
  void theGradientIsThatOfFiniteDifferences(Score score) {
    float[] prior = {(float) Math.log(0.8), (float) Math.log(0.2)};
    float[] weights = {1, 0, -0.5f, 2}; // two rows of two classes
    TaskConfig task = TinyTeacher.task(score, NONE, 1.7, " this is");
    try (Teacher teacher = Teacher.of(model, task).calibrated(prior);
        NDManager manager = model.manager().newSubManager()) {
      NDArray x = model.embeddings().lookup(manager, new long[][] {LONG, {40, 90, 33, 60, 71}});
      float[] gradient = teacher.gradient(x, weights).toFloatArray();
      double norm = 0;
      for (float slope : gradient) {
        norm += (double) slope * slope;
      }
      assertTrue(norm > 1e-3, "a gradient of nothing: " + norm);
      SplittableRandom random = new SplittableRandom(2);
      for (int direction = 0; direction < 5; direction++) {
        float[] v = new float[gradient.length];
        double expected = 0;
        for (int i = 0; i < v.length; i++) {
          v[i] = (float) (STEP * random.nextGaussian());
          expected += gradient[i] * v[i];
        }
        NDArray by = manager.create(v, x.getShape());
        double found =
            (weighted(teacher, x.add(by), weights) - weighted(teacher, x.sub(by), weights)) / 2;
        // A slope along such a direction has the deviation STEP · norm.
        assertEquals(expected, found, 0.02 * STEP * Math.sqrt(norm));
      }
    }
  }

  private static double weighted(Teacher teacher, NDArray x, float[] weights) {
    float[] g = teacher.probabilities(x).toFloatArray();
    double sum = 0;
    for (int i = 0; i < g.length; i++) {
      sum += weights[i] * Math.log(g[i]);
    }
    return sum;
  }

  /** Rounded to 8 bits on the way there and back, it still points where the other does. */
  @Test
  void aNarrowTeacherHasAboutTheSameGradient() {
    try (LanguageModel narrow =
        LanguageModel.load(model.folder().toString(), Precision.BF16, Device.cpu())) {
      float[] a = gradient(model);
      float[] b = gradient(narrow);
      double product = 0;
      double squares = 0;
      double others = 0;
      for (int i = 0; i < a.length; i++) {
        product += a[i] * b[i];
        squares += a[i] * a[i];
        others += b[i] * b[i];
      }
      assertTrue(product / Math.sqrt(squares * others) > 0.98, Arrays.toString(b));
    }
  }

  private static float[] gradient(LanguageModel of) {
    try (Teacher teacher = Teacher.of(of, TinyTeacher.task());
        NDManager manager = of.manager().newSubManager()) {
      NDArray x = of.embeddings().lookup(manager, new long[][] {LONG});
      return teacher.gradient(x, new float[] {1, 0}).toFloatArray();
    }
  }

  @Test
  void aGradientLeavesNothingBehind() {
    try (Teacher teacher = Teacher.of(model, TinyTeacher.task())) {
      for (int call = 0; call < 3; call++) {
        int before = model.manager().getManagedArrays().size();
        try (NDManager manager = model.manager().newSubManager()) {
          NDArray x = model.embeddings().lookup(manager, new long[][] {LONG});
          assertEquals(x.getShape(), teacher.gradient(x, new float[] {1, 0}).getShape());
          assertEquals(2, manager.getManagedArrays().size());
        }
        // The first call makes the decoder's kernels and an empty bias.
        assertTrue(call == 0 || before == model.manager().getManagedArrays().size());
      }
    }
  }

  @Test
  void aCalibratedAnswerIsDividedByThePrior() {
    float[] plain = answers(TinyTeacher.task(), LONG)[0];
    float[] prior = {(float) Math.log(0.8), (float) Math.log(0.2)};
    try (Teacher teacher = Teacher.of(model, TinyTeacher.task()).calibrated(prior)) {
      double positive = plain[0] / 0.8;
      double negative = plain[1] / 0.2;
      float[] g = teacher.probabilities(TokenBatch.of(List.of(LONG)))[0];
      assertEquals(positive / (positive + negative), g[0], TOLERANCE);
    }
  }

  /** One pass over texts serves every calibration. */
  @ParameterizedTest
  @EnumSource(Score.class)
  void answersAreCalibratedAfterwardsAsOnTheWay(Score score) {
    TaskConfig task = TinyTeacher.task(score, NONE, 1.7, " this is");
    TaskConfig contextual =
        TinyTeacher.task(score, new CalibrationConfig.Contextual("N/A"), 1.7, " this is");
    long[][] rows = {SHORT, LONG, {5}};
    float[][] expected = answers(contextual, rows);
    try (Teacher teacher = Teacher.uncalibrated(model, contextual, ForwardLimit.NONE)) {
      float[][] plain = teacher.probabilities(TokenBatch.of(List.of(rows)));
      assertArrayEquals(answers(task, rows)[1], plain[1], TOLERANCE);
      double[][] g = {
        {plain[0][0], plain[0][1]}, {plain[1][0], plain[1][1]}, {plain[2][0], plain[2][1]}
      };
      double[][] calibrated = teacher.recalibrated(g, teacher.logAnswer("N/A"));
      assertTrue(Math.abs(calibrated[1][0] - g[1][0]) > 0.01, "nothing to correct");
      for (int row = 0; row < rows.length; row++) {
        assertEquals(expected[row][0], calibrated[row][0], TOLERANCE);
        assertEquals(expected[row][1], calibrated[row][1], TOLERANCE);
      }
    }
  }

  @Test
  void aWordOfTwoClassesIsRefused() {
    TaskConfig tiny = TinyTeacher.task();
    TaskConfig task =
        new TaskConfig(
            "clash",
            tiny.prompt(),
            Map.of("positive", List.of("good"), "negative", List.of("good")),
            Score.MAX,
            NONE,
            1,
            null);
    String message = Messages.of(InputException.class, () -> Teacher.of(model, task));
    assertTrue(message.startsWith("task clash: words 'good' ("), message);
    assertTrue(message.endsWith("change one word"), message);
  }

  @Test
  void moreInputThanPositionsIsRefused() {
    try (Teacher teacher = Teacher.of(model, TinyTeacher.task())) {
      long[] fits = new long[teacher.maxInput()];
      assertEquals(1, teacher.probabilities(TokenBatch.of(List.of(fits))).length);
      TokenBatch overrun = TokenBatch.of(List.of(new long[teacher.maxInput() + 1]));
      String message = Messages.of(InputException.class, () -> teacher.probabilities(overrun));
      assertTrue(message.contains("61 positions"), message);
    }
  }

  @Test
  void idsOutsideTheVocabularyAreRefused() {
    String message =
        Messages.of(InputException.class, () -> model.nextTokenLogits(new long[] {3, 9999}));
    assertTrue(message.contains("found 9999"), message);
    assertThrows(InputException.class, () -> model.nextTokenLogits(new long[] {-1}));
    assertThrows(InputException.class, () -> model.nextTokenLogits(new long[0]));
  }

  @Test
  void answeringLeavesNothingBehind() {
    try (Teacher teacher = Teacher.of(model, TinyTeacher.task())) {
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

  private float[][] answers(TaskConfig task, long[]... rows) {
    try (Teacher teacher = Teacher.of(model, task)) {
      return teacher.probabilities(TokenBatch.of(List.of(rows)));
    }
  }
}

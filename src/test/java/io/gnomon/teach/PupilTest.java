package io.gnomon.teach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gnomon.TinyTeacher;
import io.gnomon.config.TeachConfig.LossConfig;
import io.gnomon.teacher.LanguageModel;
import io.gnomon.tensor.Precision;
import io.gnomon.tensor.Seeds;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The losses by hand, from the next-token logits that the model itself gives. */
class PupilTest {
  private static final int[] ROWS = {1, 2, 4};

  /** Mean of some logarithms in float32. */
  private static final double TOLERANCE = 1e-5;

  @TempDir Path folder;

  @Test
  void theClassLossIsTheShareOfTheRightWordsAmongAllTokens() {
    try (LanguageModel model = model()) {
      Lesson lesson = TinyLesson.lesson(folder, model.tokenizer(), 3, 31);
      PromptBatch batch = batch(lesson, model, TinyLesson.PLAIN);
      double expected = classLoss(model, lesson, batch);
      assertEquals(expected, loss(model, TinyLesson.PLAIN, batch), TOLERANCE * expected);
      assertTrue(expected > 0.1, "too easy to tell");
    }
  }

  @Test
  void theNextTokenLossIsAddedByItsWeight() {
    LossConfig both = new LossConfig(0.7, 5, 0, 0, 0);
    try (LanguageModel model = model()) {
      Lesson lesson = TinyLesson.lesson(folder, model.tokenizer(), 3, 31);
      PromptBatch batch = batch(lesson, model, both);
      double expected = classLoss(model, lesson, batch) + 0.7 * nextTokenLoss(model, batch);
      assertEquals(expected, loss(model, both, batch), TOLERANCE * expected);
    }
  }

  private static double classLoss(LanguageModel model, Lesson lesson, PromptBatch batch) {
    double total = 0;
    for (int i = 0; i < ROWS.length; i++) {
      double[] p = next(model, Arrays.copyOf(batch.input()[i], (int) batch.last()[i] + 1));
      long[] words = lesson.words(lesson.label(ROWS[i]));
      total -= Math.log(Arrays.stream(words).mapToDouble(id -> p[(int) id]).sum());
    }
    return total / ROWS.length;
  }

  private static double nextTokenLoss(LanguageModel model, PromptBatch batch) {
    double total = 0;
    int width = batch.input()[0].length;
    for (int i = 0; i < batch.scored().length; i++) {
      long[] row = batch.input()[(int) batch.scored()[i] / width];
      double[] p = next(model, Arrays.copyOf(row, (int) batch.scored()[i] % width + 1));
      total -= Math.log(p[(int) batch.next()[i]]);
    }
    return total / batch.scored().length;
  }

  /** Probabilities of all next tokens. */
  private static double[] next(LanguageModel model, long[] ids) {
    float[] logits = model.nextTokenLogits(ids);
    double[] p = new double[logits.length];
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp(logits[i]);
    }
    double total = Arrays.stream(p).sum();
    Arrays.setAll(p, i -> p[i] / total);
    return p;
  }

  private double loss(LanguageModel model, LossConfig config, PromptBatch batch) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        Pupil pupil = Pupil.read(model.shape(), folder, config, manager);
        NDArray loss = pupil.loss(batch, manager)) {
      return loss.getFloat();
    }
  }

  @Test
  void theRunningMeanForgetsTheStartAndKeepsTheDecay() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray weight = manager.create(new float[] {1, 2});
      Map<String, NDArray> weights = Map.of("w", weight);
      try (RunningMean mean = new RunningMean(manager, weights, 0.5)) {
        weight.set(new float[] {11, 2});
        mean.update(weights, 1); // decay 2/11
        assertEquals(
            1 * 2 / 11.0 + 11 * 9 / 11.0,
            Objects.requireNonNull(mean.arrays().get("w")).getFloat(0),
            1e-5);
        mean.update(weights, 1000); // decay 1/2
        mean.copyTo(weights);
        assertEquals((2 / 11.0 + 9 + 11) / 2, weight.getFloat(0), 1e-5);
        assertEquals(2, weight.getFloat(1), 1e-6);
      }
    }
  }

  private LanguageModel model() {
    return LanguageModel.load(TinyTeacher.write(folder).toString(), Precision.FP32, Device.cpu());
  }

  private static PromptBatch batch(Lesson lesson, LanguageModel model, LossConfig loss) {
    return PromptBatch.of(
        lesson, ROWS, model.shape().vocabulary(), loss, Seeds.random(2, "test", 0));
  }
}

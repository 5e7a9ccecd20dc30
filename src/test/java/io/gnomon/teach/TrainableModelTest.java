package io.gnomon.teach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gnomon.TinyTeacher;
import io.gnomon.Tolerances;
import io.gnomon.config.MethodConfig;
import io.gnomon.config.MethodConfig.Lora;
import io.gnomon.config.TeachConfig.LossConfig;
import io.gnomon.teach.TrainableModel.Options;
import io.gnomon.teacher.LanguageModel;
import io.gnomon.tensor.Precision;
import io.gnomon.tensor.Seeds;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The losses by hand, from the next-token logits that the model itself gives. */
class TrainableModelTest {
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

  @Test
  void additionsThatAddNothingYetChangeNothing() {
    Lora lora = new Lora(3, 5, 0.5, Lora.MATRICES, Lora.Embeddings.LOW_RANK);
    LossConfig both = new LossConfig(0.7, 5, 0, 0, 0);
    try (LanguageModel model = model()) {
      Lesson lesson = TinyLesson.lesson(folder, model.tokenizer(), 3, 31);
      PromptBatch batch = batch(lesson, model, both);
      Options options = new Options(both, Precision.FP32, 3);
      assertEquals(loss(model, both, batch), loss(model, lora, options, batch));
    }
  }

  @Test
  void narrowProductsGiveTheLossNearly() {
    Lora lora = new Lora(3, 5, 0, Lora.MATRICES, Lora.Embeddings.FROZEN);
    try (LanguageModel model = model()) {
      Lesson lesson = TinyLesson.lesson(folder, model.tokenizer(), 3, 31);
      PromptBatch batch = batch(lesson, model, TinyLesson.PLAIN);
      double wide = loss(model, TinyLesson.PLAIN, batch);
      Options narrow = new Options(TinyLesson.PLAIN, Precision.BF16, 3);
      for (MethodConfig method : List.of(new MethodConfig.Full(), lora)) {
        double loss = loss(model, method, narrow, batch);
        assertEquals(wide, loss, Tolerances.BF16 * wide, method.toString());
        assertNotEquals(wide, loss, method.toString());
      }
    }
  }

  private static double classLoss(LanguageModel model, Lesson lesson, PromptBatch batch) {
    double total = 0;
    for (int i = 0; i < ROWS.length; i++) {
      double[] p = next(model, whole(batch, i));
      long[] words = lesson.words(TinyLesson.examples(lesson, ROWS[i]).get(0).answer());
      total -= Math.log(Arrays.stream(words).mapToDouble(id -> p[(int) id]).sum());
    }
    return total / ROWS.length;
  }

  private static double nextTokenLoss(LanguageModel model, PromptBatch batch) {
    double total = 0;
    int width = batch.input()[0].length;
    for (int i = 0; i < batch.scored().length; i++) {
      long[] row = batch.input()[(int) batch.scored()[i] / width];
      double[] p = next(model, behind(batch.prefix(), row, (int) batch.scored()[i] % width + 1));
      total -= Math.log(p[(int) batch.next()[i]]);
    }
    return total / batch.scored().length;
  }

  /** Row {@code i} as one sequence: prefix, front, and the token that closes it. */
  private static long[] whole(PromptBatch batch, int i) {
    long[] row = batch.input()[i];
    long[] ids = behind(batch.prefix(), row, batch.lengths()[i] + 1);
    ids[ids.length - 1] = row[row.length - 1];
    return ids;
  }

  private static long[] behind(long[] prefix, long[] row, int count) {
    return LongStream.concat(Arrays.stream(prefix), Arrays.stream(row, 0, count)).toArray();
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
    return loss(model, new MethodConfig.Full(), new Options(config, Precision.FP32, 3), batch);
  }

  private double loss(
      LanguageModel model, MethodConfig method, Options options, PromptBatch batch) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        TrainableModel trainable =
            TrainableModel.read(model.shape(), folder, method, options, manager);
        NDArray loss = trainable.loss(batch, manager)) {
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
        lesson,
        TinyLesson.examples(lesson, ROWS),
        model.shape().vocabulary(),
        loss,
        Seeds.random(2, "test", 0));
  }
}

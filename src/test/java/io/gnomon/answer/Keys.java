package io.gnomon.answer;

import io.gnomon.config.ConfigLoader;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.tensor.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keys of the quickstart's answers, in small batches. */
final class Keys {
  static final int BATCH = 3;
  static final int CLASSES = 2;
  private static final Path HOME = Path.of(System.getProperty("gnomon.home", "."));

  private Keys() {}

  static AnswerKey training(String... sets) {
    return AnswerKey.training(asked("ab", Precision.FP32, sets));
  }

  static AnswerKey.Asked asked(String sha256, Precision precision, String... sets) {
    List<String> all = new ArrayList<>(List.of("training.batch_size=" + BATCH));
    all.addAll(List.of(sets));
    ExperimentConfig config =
        ConfigLoader.experiment(HOME.resolve("configs/quickstart.yaml"), all).config();
    return new AnswerKey.Asked(config, sha256, precision);
  }

  /** Answers that tell batch and place. */
  static float[] answers(long number) {
    float[] answers = new float[BATCH * CLASSES];
    for (int i = 0; i < answers.length; i++) {
      answers[i] = number + i / 8f;
    }
    return answers;
  }
}

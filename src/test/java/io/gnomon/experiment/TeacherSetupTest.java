package io.gnomon.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gnomon.config.ConfigLoader;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.sampler.Sampler;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TeacherSetupTest {
  private static final Path HOME = Path.of(System.getProperty("gnomon.home", "."));
  private static final int SAMPLES = 71; // a whole batch of 64 and a part of one
  private static final int CLASSES = 2;
  private static final double FLOAT = 1e-5;

  @Test
  void samplerCalibrationDividesByTheMeanAnswerOnTheSamplersOwnInputs() {
    float[] plain = new float[SAMPLES * CLASSES];
    try (TeacherSetup setup = TeacherSetup.of(config("{kind: none}"))) {
      answer(setup, plain);
    }
    float[] calibrated = new float[plain.length];
    try (TeacherSetup setup =
        TeacherSetup.of(config("{kind: sampler, samples: " + SAMPLES + "}"))) {
      answer(setup, calibrated);
    }
    double[] mean = new double[CLASSES];
    for (int i = 0; i < plain.length; i++) {
      mean[i % CLASSES] += plain[i] / SAMPLES;
    }
    assertTrue(Math.abs(mean[0] - mean[1]) > 0.01, "a prior that is uniform would show nothing");
    for (int row = 0; row < SAMPLES; row++) {
      double first = plain[row * CLASSES] / mean[0];
      double second = plain[row * CLASSES + 1] / mean[1];
      assertEquals(first / (first + second), calibrated[row * CLASSES], FLOAT, "row " + row);
    }
  }

  private static ExperimentConfig config(String calibration) {
    List<String> sets =
        List.of("task.calibration=" + calibration, "teacher.precision=fp32", "runtime.device=cpu");
    return ConfigLoader.experiment(HOME.resolve("configs/quickstart.yaml"), sets).config();
  }

  /** The teacher's answers on the inputs that a calibration of as many samples draws. */
  private static void answer(TeacherSetup setup, float[] answers) {
    Sampler sampler = setup.sampler(config("{kind: none}"), "calibration");
    try (NDManager manager = NDManager.newBaseManager(setup.device(), "PyTorch")) {
      for (int first = 0; first < SAMPLES; first += 64) {
        NDArray x = sampler.sample(manager, first / 64, Math.min(64, SAMPLES - first));
        float[] g = setup.teacher().probabilities(x).toFloatArray();
        System.arraycopy(g, 0, answers, first * CLASSES, g.length);
      }
    }
  }
}

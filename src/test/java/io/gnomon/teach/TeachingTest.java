package io.gnomon.teach;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import io.gnomon.Messages;
import io.gnomon.TinyTeacher;
import io.gnomon.config.DataConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.TeachConfig;
import io.gnomon.config.TeachConfig.LossConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.data.LabelledSets;
import io.gnomon.teacher.LanguageModel;
import io.gnomon.teacher.Teacher;
import io.gnomon.teacher.TokenBatch;
import io.gnomon.tensor.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Teaching from end to end on sixty short texts. */
class TeachingTest {
  private static final LossConfig NOISY = new LossConfig(0.3, 17, 0.1, 0.1, 0.2);

  @TempDir Path folder;

  @Test
  void theLossFallsAndTheFolderAnswers() throws IOException {
    TeachConfig config = TinyLesson.teaching(folder, makeFolder("out"), null, TinyLesson.PLAIN);
    Recorder recorder = new Recorder(-1);
    assertEquals(new Teaching.Outcome(60, true), new Teaching(config, recorder).run());
    assertEquals(6, recorder.losses.size());
    double first = recorder.losses.get(0);
    double last = recorder.losses.get(5);
    assertTrue(last < first / 2, recorder.losses::toString);
    for (String name : List.of("config.json", "model.safetensors", "tokenizer.json")) {
      assertTrue(Files.isRegularFile(folder.resolve("out").resolve(name)), name);
    }
    assertTrue(accuracy(config) > 0.9, "accuracy " + accuracy(config));
  }

  private double accuracy(TeachConfig config) {
    DataConfig data = config.lessons().get(0).train();
    LabelledSet set = LabelledSets.read(data);
    try (LanguageModel model = LanguageModel.load(config.output(), Precision.FP32, Device.cpu());
        Teacher teacher = Teacher.of(model, TinyTeacher.task())) {
      int right = 0;
      for (int row = 0; row < set.size(); row++) {
        long[] ids = model.tokenizer().encode(set.rows().get(row).text());
        long[] front = Arrays.copyOf(ids, Math.min(ids.length, 31));
        float[] g = teacher.probabilities(TokenBatch.of(List.of(front)))[0];
        boolean positive = set.rows().get(row).labels().contains("positive");
        right += (g[0] > g[1]) == positive ? 1 : 0;
      }
      return (double) right / set.size();
    }
  }

  @Test
  void aStoppedLessonGoesOnToTheSameWeights() throws IOException {
    TeachConfig config = TinyLesson.teaching(folder, makeFolder("out"), null, NOISY);
    new Teaching(config, new Recorder(-1)).run();
    Path weights = folder.resolve("out/model.safetensors");
    byte[] unbroken = Files.readAllBytes(weights);
    Files.delete(weights);
    Files.delete(folder.resolve("out/checkpoint/state.safetensors"));

    assertEquals(new Teaching.Outcome(20, false), new Teaching(config, new Recorder(20)).run());
    assertTrue(Files.notExists(weights), "a teacher half taught is none");
    assertEquals(new Teaching.Outcome(60, true), new Teaching(config, new Recorder(-1)).run());
    assertArrayEquals(unbroken, Files.readAllBytes(weights));
  }

  @Test
  void aTeacherIsTaughtFurtherInItsOwnTokens() throws IOException {
    Path from = TinyTeacher.write(makeFolder("from"));
    TeachConfig config =
        TinyLesson.teaching(folder, makeFolder("out"), from.toString(), TinyLesson.PLAIN);
    Recorder recorder = new Recorder(-1);
    new Teaching(config, recorder).run();
    assertTrue(recorder.losses.get(5) < recorder.losses.get(0), recorder.losses::toString);
    assertArrayEquals(
        Files.readAllBytes(from.resolve("tokenizer.json")),
        Files.readAllBytes(folder.resolve("out/tokenizer.json")));
    assertTrue(accuracy(config) > 0.9, "accuracy " + accuracy(config));
  }

  @Test
  void aStateOfAnotherConfigurationIsRefused() throws IOException {
    Path out = makeFolder("out");
    new Teaching(TinyLesson.teaching(folder, out, null, NOISY), new Recorder(10)).run();
    Teaching other =
        new Teaching(TinyLesson.teaching(folder, out, null, TinyLesson.PLAIN), new Recorder(-1));
    String message = Messages.of(InputException.class, other::run);
    assertTrue(message.contains("found one of another"), message);
  }

  private Path makeFolder(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  /** Keeps the losses, and stops at the first question behind step {@code stopBehind}. */
  private static final class Recorder implements TeachListener {
    private final List<Double> losses = new ArrayList<>();
    private final int stopBehind;
    private int step;

    Recorder(int stopBehind) {
      this.stopBehind = stopBehind;
    }

    @Override
    public void prepared(String line) {}

    @Override
    public void progress(int made, int steps, double loss, double textsPerSecond) {
      step = made;
      losses.add(loss);
    }

    @Override
    public boolean stop() {
      return stopBehind >= 0 && step == stopBehind;
    }
  }
}

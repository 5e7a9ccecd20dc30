package io.gnomon.teach;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import io.gnomon.Messages;
import io.gnomon.TinyTeacher;
import io.gnomon.checkpoint.SafetensorsFile;
import io.gnomon.config.DataConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.MethodConfig.Lora;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
  void moreStepsAtAConstantRateGoOnFromTheLastOnes() throws IOException {
    TeachConfig base = TinyLesson.teaching(folder, makeFolder("out"), null, NOISY);
    Path weights = folder.resolve("out/model.safetensors");
    new Teaching(TinyLesson.constant(base, 31), new Recorder(-1)).run();
    byte[] few = Files.readAllBytes(weights);
    Recorder further = new Recorder(-1);
    new Teaching(TinyLesson.constant(base, 44), further).run();
    byte[] extended = Files.readAllBytes(weights);
    assertEquals(44, further.step);
    assertFalse(Arrays.equals(few, extended), "13 steps more change the weights");

    Files.delete(folder.resolve("out/checkpoint/state.safetensors"));
    new Teaching(TinyLesson.constant(base, 44), new Recorder(-1)).run();
    assertArrayEquals(Files.readAllBytes(weights), extended);

    Teaching fewer = new Teaching(TinyLesson.constant(base, 31), new Recorder(-1));
    String message = Messages.of(InputException.class, fewer::run);
    assertTrue(message.contains("at most 31 steps (training.steps), found one of 44"), message);
    assertArrayEquals(Files.readAllBytes(weights), extended);
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

  private static final Lora LORA =
      new Lora(3, 7, 0.1, List.of("q_proj", "v_proj", "down_proj"), Lora.Embeddings.LOW_RANK);

  @Test
  void additionsAloneLearnAndAreKeptApart() throws IOException {
    Path from = TinyTeacher.write(makeFolder("from"));
    TeachConfig config = lora(from, makeFolder("out"), TinyLesson.PLAIN, LORA);
    Recorder recorder = new Recorder(-1);
    assertEquals(new Teaching.Outcome(60, true), new Teaching(config, recorder).run());
    assertTrue(recorder.losses.get(5) < recorder.losses.get(0) / 2, recorder.losses::toString);
    assertTrue(accuracy(config) > 0.9, "accuracy " + accuracy(config));
    Path adapter = folder.resolve("out/adapter/adapter_model.safetensors");
    try (SafetensorsFile file = SafetensorsFile.open(adapter);
        SafetensorsFile base = SafetensorsFile.open(from.resolve("model.safetensors"));
        SafetensorsFile merged = SafetensorsFile.open(folder.resolve("out/model.safetensors"))) {
      assertEquals(2 * 3 * 2 + 2, file.names().size());
      assertEquals(List.of(18L, 3L), shape(file, 1, "self_attn.q_proj.lora_B"));
      assertEquals(List.of(3L, 19L), shape(file, 1, "self_attn.q_proj.lora_A"));
      assertEquals(List.of(6L, 3L), shape(file, 0, "self_attn.v_proj.lora_B"));
      assertEquals(List.of(3L, 23L), shape(file, 0, "mlp.down_proj.lora_A"));
      String table = "base_model.model.model.embed_tokens.lora_embedding_";
      assertEquals(List.of(19L, 3L), file.info(table + "B").dimensions());
      assertEquals(base.names(), merged.names());
      for (String name : base.names()) {
        assertArrayEquals(sum(base, file, name), merged.floats(name), 1e-6f, name);
      }
    }
    JsonNode peft =
        JsonMapper.shared().readTree(folder.resolve("out/adapter/adapter_config.json").toFile());
    assertEquals("LORA", peft.path("peft_type").asString());
    assertEquals(3, peft.path("r").asInt());
    assertEquals(7, peft.path("lora_alpha").asInt());
    assertEquals("embed_tokens", peft.path("target_modules").path(3).asString());
    assertTrue(peft.path("modules_to_save").isNull(), peft::toString);
  }

  private static List<Long> shape(SafetensorsFile adapter, int layer, String name) {
    return adapter
        .info("base_model.model.model.layers." + layer + "." + name + ".weight")
        .dimensions();
  }

  /** W + 7/3 · B·A, or W where the adapter has none. */
  private static float[] sum(SafetensorsFile base, SafetensorsFile adapter, String name) {
    float[] sum = base.floats(name);
    if (name.equals("model.embed_tokens.weight")) {
      return tableSum(sum, adapter);
    }
    String module = "base_model.model." + name.substring(0, name.lastIndexOf('.'));
    if (!adapter.names().contains(module + ".lora_A.weight")) {
      return sum;
    }
    float[] a = adapter.floats(module + ".lora_A.weight");
    float[] b = adapter.floats(module + ".lora_B.weight");
    int width = a.length / 3;
    double moved = 0;
    for (int i = 0; i < sum.length; i++) {
      double product = 0;
      for (int r = 0; r < 3; r++) {
        product += (double) b[i / width * 3 + r] * a[r * width + i % width];
      }
      sum[i] += (float) (7 / 3.0 * product);
      moved = Math.max(moved, Math.abs(product));
    }
    assertTrue(moved > 1e-3, "nothing learned in " + name);
    return sum;
  }

  /** E + 7/3 · Aᵀ·Bᵀ. */
  private static float[] tableSum(float[] table, SafetensorsFile adapter) {
    float[] a = adapter.floats("base_model.model.model.embed_tokens.lora_embedding_A");
    float[] b = adapter.floats("base_model.model.model.embed_tokens.lora_embedding_B");
    int vocabulary = a.length / 3;
    float[] sum = table.clone();
    for (int i = 0; i < sum.length; i++) {
      double product = 0;
      for (int r = 0; r < 3; r++) {
        product += (double) a[r * vocabulary + i / 19] * b[i % 19 * 3 + r];
      }
      sum[i] += (float) (7 / 3.0 * product);
    }
    assertFalse(Arrays.equals(sum, table), "nothing learned in the table");
    return sum;
  }

  @Test
  void aStoppedLessonOfAdditionsGoesOnToTheSameAdapter() throws IOException {
    Path from = TinyTeacher.write(makeFolder("from"));
    Lora lora = new Lora(3, 7, 0.1, Lora.MATRICES, Lora.Embeddings.TRAINED);
    TeachConfig config = lora(from, makeFolder("out"), NOISY, lora);
    new Teaching(config, new Recorder(-1)).run();
    Path weights = folder.resolve("out/model.safetensors");
    Path adapter = folder.resolve("out/adapter/adapter_model.safetensors");
    byte[] unbroken = Files.readAllBytes(weights);
    byte[] apart = Files.readAllBytes(adapter);
    for (Path file :
        List.of(weights, adapter, folder.resolve("out/checkpoint/state.safetensors"))) {
      Files.delete(file);
    }
    assertEquals(new Teaching.Outcome(20, false), new Teaching(config, new Recorder(20)).run());
    assertTrue(Files.notExists(adapter), "an adapter half taught is none");
    assertEquals(new Teaching.Outcome(60, true), new Teaching(config, new Recorder(-1)).run());
    assertArrayEquals(apart, Files.readAllBytes(adapter));
    assertArrayEquals(unbroken, Files.readAllBytes(weights));
    try (SafetensorsFile file = SafetensorsFile.open(adapter);
        SafetensorsFile merged = SafetensorsFile.open(weights)) {
      String table = "model.embed_tokens.weight";
      assertArrayEquals(file.floats("base_model.model." + table), merged.floats(table));
    }
  }

  @Test
  void aStateOfOtherWeightsIsRefused() throws IOException {
    Path from = TinyTeacher.write(makeFolder("from"));
    TeachConfig config = lora(from, makeFolder("out"), NOISY, LORA);
    new Teaching(config, new Recorder(10)).run();
    Path weights = from.resolve("model.safetensors");
    byte[] changed = Files.readAllBytes(weights);
    changed[changed.length - 1] ^= 1;
    Files.write(weights, changed);
    Teaching other = new Teaching(config, new Recorder(-1));
    String message = Messages.of(InputException.class, other::run);
    assertTrue(message.contains("found one of another"), message);
  }

  private TeachConfig lora(Path from, Path output, LossConfig loss, Lora lora) {
    return TinyLesson.teaching(folder, output, from.toString(), lora, loss);
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

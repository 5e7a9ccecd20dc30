package io.gnomon.teacher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.gnomon.Golden;
import io.gnomon.Tolerances;
import io.gnomon.nn.KeyValueCache;
import io.gnomon.tensor.Precision;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Parity with an independent implementation, on tiny random checkpoints and on a real one. */
class LanguageModelTest {

  @ParameterizedTest
  @ValueSource(strings = {"tiny-llama2", "tiny-llama3", "tiny-mistral", "tiny-qwen2"})
  void idsGiveTheReferenceLogits(String name) throws IOException {
    Golden golden = Golden.require("goldens/" + name);
    try (LanguageModel model = load(golden, Precision.FP32)) {
      long[][] ids = golden.ids("input_ids");
      float[][] expected = golden.matrix("last_logits");
      for (int row = 0; row < ids.length; row++) {
        float[] actual = model.nextTokenLogits(ids[row]);
        double difference = Tolerances.relative(expected[row], actual);
        assertTrue(difference < Tolerances.FP32, name + " row " + row + ": " + difference);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tiny-llama2, FP32", "tiny-llama3, FP32", "tiny-mistral, FP32", "tiny-qwen2, FP32",
    "tiny-llama2, BF16", "tiny-llama3, BF16", "tiny-mistral, BF16", "tiny-qwen2, BF16"
  })
  void embeddingsBehindACachedPrefixGiveTheReferenceLogits(String name, Precision precision)
      throws IOException {
    Golden golden = Golden.require("goldens/" + name);
    try (LanguageModel model = load(golden, precision)) {
      float[] actual = behindPrefix(model, golden.row("prefix_ids"), 2, 7);
      float[] expected = flatten(golden.matrix("last_logits_prefix_plus_post"));
      double difference = Tolerances.relative(expected, actual);
      double allowed = precision == Precision.FP32 ? Tolerances.FP32 : Tolerances.BF16;
      assertTrue(difference < allowed, name + ": " + difference);
    }
  }

  private static float[] behindPrefix(LanguageModel model, long[] prefix, int rows, int length) {
    int width = model.shape().hidden();
    try (NDManager manager = model.manager().newSubManager();
        KeyValueCache cache =
            model.decoder().cache(model.embeddings().lookup(manager, new long[][] {prefix}))) {
      NDArray post =
          manager.create(Golden.sines(rows * length * width), new Shape(rows, length, width));
      NDArray last = model.decoder().last(post, cache);
      return model.decoder().readOut(last, model.outputMatrix()).toFloatArray();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FP32", "BF16"})
  void storiesAnswersAsTheReference(Precision precision) throws IOException {
    Golden golden = Golden.require("models/stories15M");
    try (LanguageModel model = load(golden, precision)) {
      for (JsonNode reference : golden.root().get("cases")) {
        long[] ids = longs(reference.get("ids"));
        assertArrayEquals(ids, model.tokenizer().encode(reference.get("text").asString()));
        float[] logits = model.nextTokenLogits(ids);
        float[] expected = floats(reference.get("top5_logits"));
        int[] top = top(logits, 5);
        float[] actual = new float[5];
        long[] topIds = longs(reference.get("top5_ids"));
        for (int i = 0; i < 5; i++) {
          actual[i] = logits[(int) topIds[i]];
        }
        double allowed = precision == Precision.FP32 ? Tolerances.STORIES : Tolerances.BF16;
        double difference = Tolerances.relative(expected, actual);
        assertTrue(difference < allowed, "logits differ by " + difference);
        if (precision == Precision.FP32) {
          assertArrayEquals(topIds, Arrays.stream(top).asLongStream().toArray());
        }
      }
    }
  }

  @Test
  void storiesContinuesAsTheReference() throws IOException {
    Golden golden = Golden.require("models/stories15M");
    try (LanguageModel model = load(golden, Precision.FP32)) {
      long[] expected = golden.row("greedy_24");
      long[] ids = Arrays.copyOf(expected, expected.length - 24);
      while (ids.length < expected.length) {
        long next = top(model.nextTokenLogits(ids), 1)[0];
        ids = Arrays.copyOf(ids, ids.length + 1);
        ids[ids.length - 1] = next;
      }
      assertArrayEquals(expected, ids);
    }
  }

  @Test
  void noWeightRequiresAGradient() throws IOException {
    Golden golden = Golden.require("goldens/tiny-qwen2");
    try (LanguageModel model = load(golden, Precision.FP32)) {
      assertFalse(model.embeddings().weight().hasGradient());
      assertTrue(model.parameters().arrays().arrays().size() > 10);
      model.parameters().arrays().arrays().values().forEach(a -> assertFalse(a.hasGradient()));
    }
  }

  @Test
  void theShapeCountsItsParameters() throws IOException {
    Golden golden = Golden.require("models/stories15M");
    assertEquals(15_191_712, CheckpointConfig.read(golden.folder()).parameters());
  }

  private static LanguageModel load(Golden golden, Precision precision) {
    return LanguageModel.load(golden.folder().toString(), precision, Device.cpu());
  }

  private static int[] top(float[] logits, int count) {
    return IntStream.range(0, logits.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -logits[i]))
        .mapToInt(Integer::intValue)
        .limit(count)
        .toArray();
  }

  private static long[] longs(JsonNode node) {
    return JsonMapper.shared().treeToValue(node, long[].class);
  }

  private static float[] floats(JsonNode node) {
    return JsonMapper.shared().treeToValue(node, float[].class);
  }

  private static float[] flatten(float[][] rows) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[0].length);
    }
    return flat;
  }
}

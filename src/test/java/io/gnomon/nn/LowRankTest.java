package io.gnomon.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.gnomon.checkpoint.SafetensorsFile;
import io.gnomon.checkpoint.SafetensorsWriter;
import io.gnomon.checkpoint.StoredTensor;
import io.gnomon.checkpoint.StoredType;
import io.gnomon.config.MethodConfig.Lora;
import io.gnomon.tensor.InPlace;
import io.gnomon.tensor.Precision;
import io.gnomon.tensor.Seeds;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Additions against weights that were added to by hand. */
class LowRankTest {
  private static final int D = 13;
  private static final int RANK = 2;
  private static final DecoderShape SHAPE =
      new DecoderShape(
          "qwen2", 29, D, 2, 6, 3, 4, 17, 23, 1e-5, true, true, new Rope(50, new Rope.Plain()));

  /** Two of the three that are joined in one matrix, one of two, and one that stands alone. */
  private static final List<String> SOME = List.of("q_proj", "v_proj", "up_proj", "down_proj");

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");

  @TempDir Path folder;

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void atItsStartItAddsNothing() {
    DecoderParameters base = random();
    LowRank additions = new LowRank(base, lora(Lora.MATRICES, 0.5), 11);
    Decoder decoder = Decoder.trainable(base, 0);
    assertArrayEquals(run(decoder), run(additions.now(decoder)));
  }

  @Test
  void shapesAndNamesAreThoseOfEachMatrix() {
    LowRank additions = new LowRank(random(), lora(SOME, 0), 11);
    Map<String, NDArray> arrays = additions.arrays().arrays();
    assertEquals(2 * 2 * SOME.size(), arrays.size());
    String layer = "model.layers.1.";
    assertEquals(
        new Shape(RANK, D),
        additions.arrays().get(layer + "self_attn.v_proj.lora_A.weight").getShape());
    assertEquals(
        new Shape(12, RANK),
        additions.arrays().get(layer + "self_attn.v_proj.lora_B.weight").getShape());
    assertEquals(
        new Shape(RANK, 17),
        additions.arrays().get(layer + "mlp.down_proj.lora_A.weight").getShape());
    assertEquals(
        new Shape(D, RANK),
        additions.arrays().get(layer + "mlp.down_proj.lora_B.weight").getShape());
    float[] a = additions.arrays().get(layer + "mlp.up_proj.lora_A.weight").toFloatArray();
    double bound = 1 / Math.sqrt(D);
    for (float value : a) {
      assertTrue(Math.abs(value) <= bound, "beyond 1/√D: " + value);
    }
    assertFalse(
        Arrays.equals(
            a, additions.arrays().get("model.layers.0.mlp.up_proj.lora_A.weight").toFloatArray()));
  }

  @Test
  void theSumIsTheWeightPlusTheScaledProduct() {
    DecoderParameters base = random();
    LowRank additions = new LowRank(base, lora(SOME, 0), 11);
    loud(additions);
    float[] expected = run(Decoder.trainable(byHand(base, additions), 0));
    float[] actual = run(additions.now(Decoder.trainable(base, 0)));
    // Both sum alike; only the additions were rounded once more.
    assertArrayEquals(expected, actual, 1e-5f);
    assertFalse(Arrays.equals(actual, run(Decoder.trainable(base, 0))), "nothing was added");
  }

  /** W + 5/2 · B·A of the chosen matrices, element by element. */
  private DecoderParameters byHand(DecoderParameters base, LowRank additions) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    base.split()
        .forEach(
            (name, slice) -> {
              String module = name.substring(0, name.lastIndexOf('.'));
              float[] values = slice.values().clone();
              if (name.endsWith("weight") && additions.arrays().has(module + ".lora_A.weight")) {
                float[] a = additions.arrays().get(module + ".lora_A.weight").toFloatArray();
                float[] b = additions.arrays().get(module + ".lora_B.weight").toFloatArray();
                int width = (int) slice.shape()[1];
                for (int i = 0; i < values.length; i++) {
                  for (int r = 0; r < RANK; r++) {
                    values[i] += 2.5f * b[i / width * RANK + r] * a[r * width + i % width];
                  }
                }
              }
              tensors.put(name, new StoredTensor(StoredType.F32, slice.shape(), values));
            });
    Path file = folder.resolve("by-hand.safetensors");
    SafetensorsWriter.write(file, tensors, Map.of());
    try (SafetensorsFile source = SafetensorsFile.open(file)) {
      return DecoderParameters.read(SHAPE, source, manager, Precision.FP32);
    }
  }

  @Test
  void gradientsReachTheAdditionsAlone() {
    DecoderParameters base = random();
    LowRank additions = new LowRank(base, lora(SOME, 0), 11);
    loud(additions);
    Decoder decoder = Decoder.trainable(base, 0);
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      Decoder now = additions.now(decoder);
      try (KeyValueCache past = now.cache(normal(3, new Shape(1, 2, D)))) {
        collector.backward(now.last(normal(4, new Shape(3, 5, D)), past).square().sum());
      }
    }
    additions
        .arrays()
        .arrays()
        .forEach(
            (name, array) ->
                assertTrue(array.getGradient().abs().sum().getFloat() > 0, "no gradient: " + name));
    base.arrays().arrays().forEach((name, array) -> assertFalse(array.hasGradient(), name));
  }

  private static Lora lora(List<String> targets, double dropout) {
    return new Lora(RANK, 5, dropout, targets, Lora.Embeddings.FROZEN);
  }

  /** Puts noise in place of the zeros of B. */
  private static void loud(LowRank additions) {
    additions
        .arrays()
        .arrays()
        .forEach(
            (name, array) -> {
              float[] values = new float[(int) array.size()];
              SplittableRandom random = Seeds.random(1, name, 0);
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) (0.2 * random.nextGaussian());
              }
              InPlace.assign(array, values);
            });
  }

  private DecoderParameters random() {
    return DecoderInitializer.random(SHAPE, manager, Precision.FP32, false, 7);
  }

  /** What comes out behind two cached vectors, three rows of five. */
  private float[] run(Decoder decoder) {
    try (KeyValueCache past = decoder.cache(normal(3, new Shape(1, 2, D)))) {
      return decoder.all(normal(4, new Shape(3, 5, D)), past).toFloatArray();
    }
  }

  private NDArray normal(long seed, Shape shape) {
    SplittableRandom random = Seeds.random(seed, "normal", 0);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return manager.create(values, shape);
  }
}

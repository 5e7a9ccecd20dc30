package io.gnomon.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.gnomon.tensor.Precision;
import io.gnomon.tensor.Seeds;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Random weights of a new decoder. */
public final class DecoderInitializer {
  private DecoderInitializer() {}

  /**
   * Random weights: normal with standard deviation 0.7/√D (GPT-2's 0.02 is about that at its width,
   * and too small at a narrow one), the two matrices that write to the residual stream scaled by
   * 1/√(2 · layers) as GPT-2 has them; norms one, biases zero.
   */
  public static DecoderParameters random(
      DecoderShape shape, NDManager manager, Precision precision, boolean trainable, long seed) {
    DecoderParameters result = DecoderParameters.empty(shape, manager, precision, trainable);
    int index = 0;
    for (Map.Entry<String, List<TensorPart>> joined : DecoderLayout.parts(shape).entrySet()) {
      SplittableRandom random = Seeds.random(seed, "decoder", index++);
      String name = joined.getKey();
      float[] values = new float[Math.toIntExact(TensorPart.size(joined.getValue()))];
      double scale = initialScale(name, shape);
      for (int i = 0; i < values.length; i++) {
        values[i] =
            name.contains("norm") ? 1f : scale == 0 ? 0f : (float) (scale * random.nextGaussian());
      }
      result.add(name, values, joined.getValue());
    }
    return result;
  }

  /**
   * Random weights in float32 as {@link #random} scales them, but drawn by libtorch where they lie,
   * from its own generator: a billion of them in seconds. Set the engine's seed before to draw the
   * same again. For measuring speed: a model that learns starts from {@link #random}.
   */
  public static DecoderParameters drawn(DecoderShape shape, NDManager manager) {
    DecoderParameters result = DecoderParameters.empty(shape, manager, Precision.FP32, false);
    DecoderLayout.parts(shape)
        .forEach(
            (name, joined) -> {
              Shape target = new Shape(TensorPart.joined(joined));
              double scale = initialScale(name, shape);
              NDManager owner = result.manager();
              NDArray array =
                  name.contains("norm")
                      ? owner.ones(target)
                      : scale == 0
                          ? owner.zeros(target)
                          : owner.randomNormal(0, (float) scale, target, DataType.FLOAT32);
              result.arrays().add(name, array);
            });
    return result;
  }

  private static double initialScale(String name, DecoderShape shape) {
    if (name.endsWith("bias")) {
      return 0;
    }
    boolean residual = name.endsWith("o_proj.weight") || name.endsWith("down_proj.weight");
    double scale = 0.7 / Math.sqrt(shape.hidden());
    return residual ? scale / Math.sqrt(2.0 * shape.layers()) : scale;
  }
}

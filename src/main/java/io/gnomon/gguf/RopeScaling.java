package io.gnomon.gguf;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the rotary frequencies are stretched, in the words of Hugging Face's {@code config.json}. */
final class RopeScaling {
  static final String FACTORS = "rope_freqs.weight";

  /** Llama 3's own choice in every release so far; a file has the frequencies' divisors alone. */
  private static final double LOW = 1;

  private static final double HIGH = 4;

  /** Divisors are stored in float32. */
  private static final double TOLERANCE = 1e-5;

  private RopeScaling() {}

  /**
   * The scaling of the model in {@code file}; null for none.
   *
   * @throws io.gnomon.config.InputException when it is of a kind that is not read
   */
  static @Nullable Map<String, Object> of(GgufFile file, ModelShape shape) {
    GgufMetadata metadata = file.metadata();
    String prefix = metadata.text("general.architecture") + ".rope.";
    String key = prefix + "scaling.type";
    String older = prefix + "scale_linear";
    String type = metadata.text(key, metadata.has(older) ? "linear" : "none");
    if (file.tensors().containsKey(FACTORS)) {
      return llama3(file, shape);
    }
    if (type.equals("none")) {
      return null;
    }
    if (!type.equals("linear")) {
      throw metadata.wrong(
          key,
          "one of none, linear",
          type,
          "; take a model with one of these rotary embeddings, or Llama 3's");
    }
    double factor = metadata.number(prefix + "scaling.factor", metadata.number(older, 1));
    if (factor == 1) {
      return null;
    }
    Map<String, Object> scaling = new LinkedHashMap<>();
    scaling.put("rope_type", "linear");
    scaling.put("factor", factor);
    return scaling;
  }

  /**
   * Llama 3's scaling is stored as what it comes to, a divisor for each frequency: 1 for the short
   * wavelengths, {@code factor} for the long ones, a ramp between. So its parameters are sought,
   * and taken when they give just these divisors.
   */
  private static @Nullable Map<String, Object> llama3(GgufFile file, ModelShape shape) {
    float[] divisors = divisors(file, shape);
    double factor = 1;
    for (float divisor : divisors) {
      factor = Math.max(factor, divisor);
    }
    if (gives(shape, 1, 1, divisors)) {
      return null;
    }
    for (int context = 1 << 24; context > 1; context /= 2) {
      if (gives(shape, factor, context, divisors)) {
        Map<String, Object> scaling = new LinkedHashMap<>();
        scaling.put("rope_type", "llama3");
        scaling.put("factor", factor);
        scaling.put("low_freq_factor", LOW);
        scaling.put("high_freq_factor", HIGH);
        scaling.put("original_max_position_embeddings", context);
        return scaling;
      }
    }
    throw file.metadata()
        .wrong(
            "tensor " + FACTORS,
            "the divisors of Llama 3's rotary scaling",
            String.format(Locale.ROOT, "others, of which the largest is %s", factor),
            "; take a model with that scaling, a linear one or none");
  }

  private static float[] divisors(GgufFile file, ModelShape shape) {
    GgufTensor tensor = file.tensors().get(FACTORS);
    int expected = shape.headDimension() / 2;
    if (tensor == null || tensor.elements() != expected) {
      throw file.metadata()
          .wrong(
              "tensor " + FACTORS,
              expected + " divisors",
              tensor == null ? "none" : Long.toString(tensor.elements()));
    }
    float[] divisors = new float[expected];
    file.elements(tensor).read(0, divisors, 0, expected);
    return divisors;
  }

  private static boolean gives(ModelShape shape, double factor, int context, float[] divisors) {
    for (int i = 0; i < divisors.length; i++) {
      double wavelength = 2 * Math.PI * Math.pow(shape.theta(), 2.0 * i / shape.headDimension());
      double divisor = divisor(wavelength, factor, context);
      if (!(Math.abs(divisors[i] / divisor - 1) < TOLERANCE)) {
        return false;
      }
    }
    return true;
  }

  private static double divisor(double wavelength, double factor, int context) {
    if (wavelength < context / HIGH) {
      return 1;
    }
    if (wavelength > context / LOW) {
      return factor;
    }
    double keep = (context / wavelength - LOW) / (HIGH - LOW);
    return 1 / ((1 - keep) / factor + keep);
  }
}

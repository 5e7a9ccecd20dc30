package io.gnomon.teacher;

import io.gnomon.config.InputException;
import io.gnomon.nn.DecoderShape;
import io.gnomon.nn.Rope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads {@code config.json} of a Hugging Face folder into a {@link DecoderShape}. What the decoder
 * does not compute is refused by name, never ignored.
 */
public final class CheckpointConfig {
  /** The {@code model_type}s that are read. TinyLlama and Llama 2 and 3 all say {@code llama}. */
  public static final List<String> FAMILIES = List.of("llama", "mistral", "qwen2");

  private final Path file;
  private final JsonNode root;

  private CheckpointConfig(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  /**
   * The shape of the model in {@code folder}.
   *
   * @throws InputException when config.json is missing, damaged or asks for what is not computed
   */
  public static DecoderShape read(Path folder) {
    Path file = folder.resolve("config.json");
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          folder
              + ": expected a Hugging Face folder with config.json, found none; give the folder that"
              + " holds config.json, *.safetensors and tokenizer.json");
    }
    try {
      return new CheckpointConfig(file, JsonMapper.shared().readTree(Files.readString(file)))
          .shape();
    } catch (JacksonException e) {
      throw new InputException(
          file + ": expected JSON, found " + e.getOriginalMessage() + "; fetch the file again", e);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private DecoderShape shape() {
    String family = root.path("model_type").asString("");
    if (!FAMILIES.contains(family)) {
      throw wrong(
          "model_type",
          "one of " + String.join(", ", FAMILIES),
          family.isEmpty() ? "none" : family,
          "take a teacher of one of these families");
    }
    refuseUnsupported(family);
    return shape(family);
  }

  private DecoderShape shape(String family) {
    int heads = integer("num_attention_heads");
    int hidden = integer("hidden_size");
    int keyValueHeads = integer("num_key_value_heads", heads);
    int headDimension = integer("head_dim", hidden / heads);
    if (heads % keyValueHeads != 0) {
      throw wrong(
          "num_key_value_heads",
          "a divisor of num_attention_heads = " + heads,
          Integer.toString(keyValueHeads),
          "fetch config.json again");
    }
    if (headDimension < 2 || headDimension % 2 != 0) {
      throw wrong(
          "head_dim",
          "an even number, for the rotary embedding",
          Integer.toString(headDimension),
          "fetch config.json again");
    }
    return new DecoderShape(
        family,
        integer("vocab_size"),
        hidden,
        integer("num_hidden_layers"),
        heads,
        keyValueHeads,
        headDimension,
        integer("intermediate_size"),
        usablePositions(family),
        number(root, "rms_norm_eps", 1e-6),
        root.path("tie_word_embeddings").asBoolean(false),
        family.equals("qwen2"),
        rope());
  }

  private void refuseUnsupported(String family) {
    String activation = root.path("hidden_act").asString("silu");
    if (!activation.equals("silu")) {
      throw wrong("hidden_act", "silu", activation, "take a teacher with a SwiGLU feed-forward");
    }
    for (String key : List.of("attention_bias", "mlp_bias")) {
      if (!family.equals("qwen2") && root.path(key).asBoolean(false)) {
        throw wrong(key, "false for " + family, "true", "take a teacher without these biases");
      }
    }
  }

  /** Within a sliding window attention is full, so positions are used up to the window only. */
  private int usablePositions(String family) {
    int positions = integer("max_position_embeddings");
    boolean windowed = family.equals("mistral") || root.path("use_sliding_window").asBoolean(false);
    int window = root.path("sliding_window").asInt(positions);
    return windowed ? Math.min(positions, window) : positions;
  }

  /** transformers 5 writes {@code rope_parameters}; before it were rope_theta and rope_scaling. */
  private Rope rope() {
    JsonNode parameters = root.path("rope_parameters");
    JsonNode scaling = parameters.isObject() ? parameters : root.path("rope_scaling");
    double fallback = number(root, "rope_theta", 10_000);
    double theta = number(parameters, "rope_theta", fallback);
    String type = scaling.path("rope_type").asString(scaling.path("type").asString("default"));
    return switch (type) {
      case "default" -> new Rope(theta, new Rope.Plain());
      case "linear" -> new Rope(theta, new Rope.Linear(number(scaling, "factor", 1)));
      case "llama3" ->
          new Rope(
              theta,
              new Rope.Llama3(
                  number(scaling, "factor", 8),
                  number(scaling, "low_freq_factor", 1),
                  number(scaling, "high_freq_factor", 4),
                  scaling.path("original_max_position_embeddings").asInt(8192)));
      default ->
          throw wrong(
              "rope_type",
              "one of default, linear, llama3",
              type,
              "take a teacher with one of these rotary embeddings");
    };
  }

  private static double number(JsonNode node, String key, double fallback) {
    return node.path(key).asDouble(fallback);
  }

  private int integer(String key) {
    JsonNode value = root.path(key);
    if (!value.isIntegralNumber() || value.asLong() < 1 || value.asLong() > Integer.MAX_VALUE) {
      throw wrong(
          key,
          "a positive integer",
          value.isMissingNode() ? "none" : value.toString(),
          "fetch config.json again");
    }
    return value.asInt();
  }

  private int integer(String key, int fallback) {
    JsonNode value = root.path(key);
    return value.isMissingNode() || value.isNull() ? fallback : integer(key);
  }

  private InputException wrong(String key, String expected, String found, String fix) {
    List<String> parts = new ArrayList<>();
    parts.add(file + ": " + key + ": expected " + expected + ", found " + found);
    parts.add(fix);
    return new InputException(String.join("; ", parts));
  }
}

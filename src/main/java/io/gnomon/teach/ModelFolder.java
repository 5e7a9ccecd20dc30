package io.gnomon.teach;

import ai.djl.ndarray.NDArray;
import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.SafetensorsWriter;
import io.gnomon.checkpoint.StoredTensor;
import io.gnomon.checkpoint.StoredType;
import io.gnomon.nn.DecoderParameters;
import io.gnomon.nn.DecoderShape;
import io.gnomon.nn.Parameters;
import io.gnomon.nn.Rope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a language model as a Hugging Face folder: config.json and model.safetensors in bfloat16.
 */
final class ModelFolder {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ModelFolder() {}

  /**
   * Writes both files.
   *
   * @param from folder the model began from, whose config.json stays true of it; null for a new one
   * @param origin said in the safetensors metadata: what made these weights
   */
  static void write(
      Path folder,
      @Nullable Path from,
      DecoderParameters layers,
      Parameters tables,
      Map<String, String> origin) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    tables.arrays().forEach((name, array) -> tensors.put(name, stored(array)));
    layers
        .split()
        .forEach(
            (name, slice) ->
                tensors.put(
                    name, new StoredTensor(StoredType.BF16, slice.shape(), slice.values())));
    Map<String, String> metadata = new LinkedHashMap<>(origin);
    metadata.put("format", "pt");
    SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors, metadata);
    if (from == null) {
      AtomicFiles.writeString(
          folder.resolve("config.json"), JSON.writeValueAsString(config(layers.shape())) + "\n");
    } else {
      copyConfig(from, folder);
    }
  }

  private static StoredTensor stored(NDArray array) {
    return new StoredTensor(StoredType.BF16, array.getShape().getShape(), array.toFloatArray());
  }

  private static Map<String, Object> config(DecoderShape shape) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("architectures", List.of(architecture(shape)));
    config.put("model_type", shape.family());
    config.put("vocab_size", shape.vocabulary());
    config.put("hidden_size", shape.hidden());
    config.put("intermediate_size", shape.feedForward());
    config.put("num_hidden_layers", shape.layers());
    config.put("num_attention_heads", shape.heads());
    config.put("num_key_value_heads", shape.keyValueHeads());
    config.put("head_dim", shape.headDimension());
    config.put("max_position_embeddings", shape.maxPositions());
    config.put("hidden_act", "silu");
    config.put("rms_norm_eps", shape.epsilon());
    config.put("tie_word_embeddings", shape.tied());
    config.put("attention_bias", shape.bias());
    config.put("rope_theta", shape.rope().theta());
    config.put("rope_scaling", scaling(shape.rope().scaling()));
    config.put("bos_token_id", 0);
    config.put("eos_token_id", 1);
    config.put("dtype", "bfloat16");
    return config;
  }

  private static String architecture(DecoderShape shape) {
    return switch (shape.family()) {
      case "mistral" -> "MistralForCausalLM";
      case "qwen2" -> "Qwen2ForCausalLM";
      default -> "LlamaForCausalLM";
    };
  }

  private static @Nullable Object scaling(Rope.Scaling scaling) {
    if (scaling instanceof Rope.Linear linear) {
      return Map.of("rope_type", "linear", "factor", linear.factor());
    }
    if (scaling instanceof Rope.Llama3 llama3) {
      return Map.of(
          "rope_type", "llama3",
          "factor", llama3.factor(),
          "low_freq_factor", llama3.lowFrequency(),
          "high_freq_factor", llama3.highFrequency(),
          "original_max_position_embeddings", llama3.context());
    }
    return null;
  }

  /** Copies the tokenizer of {@code from}, of which the new model keeps every id. */
  static void copyTokenizer(Path from, Path to) {
    copy(from, to, List.of("tokenizer.json", "tokenizer_config.json"));
  }

  /** Copies config.json of {@code from}, which stays true of the new model. */
  static void copyConfig(Path from, Path to) {
    copy(from, to, List.of("config.json"));
  }

  private static void copy(Path from, Path to, List<String> names) {
    for (String name : names) {
      Path source = from.resolve(name);
      if (Files.isRegularFile(source)) {
        try {
          byte[] content = Files.readAllBytes(source);
          AtomicFiles.write(to.resolve(name), out -> out.write(content));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }
}

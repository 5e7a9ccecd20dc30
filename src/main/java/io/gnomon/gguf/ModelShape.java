package io.gnomon.gguf;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a GGUF file's metadata says of its decoder.
 *
 * @param family {@code model_type} in Hugging Face's words: llama, mistral or qwen2
 * @param vocabulary rows of the embedding table
 * @param hidden the width
 * @param layers decoder layers
 * @param heads query heads
 * @param keyValueHeads key/value heads
 * @param headDimension width of one head
 * @param feedForward width of the feed-forward block
 * @param positions context length
 * @param window sliding window, 0 for none
 * @param epsilon added to the mean square in the norms
 * @param theta base of the rotary frequencies
 * @param tied whether the output matrix is the embedding table
 */
record ModelShape(
    String family,
    int vocabulary,
    int hidden,
    int layers,
    int heads,
    int keyValueHeads,
    int headDimension,
    int feedForward,
    int positions,
    int window,
    double epsilon,
    double theta,
    boolean tied) {
  /** Values of {@code general.architecture} that are read. Llama's covers Mistral and TinyLlama. */
  private static final List<String> ARCHITECTURES = List.of("llama", "mistral", "qwen2");

  static final String EMBEDDINGS = "token_embd.weight";
  static final String HEAD = "output.weight";

  /**
   * The shape of the model in {@code file}.
   *
   * @throws io.gnomon.config.InputException when a key is missing or asks for what is not read
   */
  static ModelShape of(GgufFile file) {
    GgufMetadata metadata = file.metadata();
    String architecture = metadata.text("general.architecture");
    if (!ARCHITECTURES.contains(architecture)) {
      throw metadata.wrong(
          "general.architecture",
          "one of " + String.join(", ", ARCHITECTURES),
          architecture,
          "; take a model of one of these architectures");
    }
    String prefix = architecture + ".";
    int heads = metadata.positive(prefix + "attention.head_count");
    int hidden = metadata.positive(prefix + "embedding_length");
    int window = window(metadata, prefix);
    return new ModelShape(
        architecture.equals("llama") && window > 0 ? "mistral" : architecture,
        vocabulary(file),
        hidden,
        metadata.positive(prefix + "block_count"),
        heads,
        keyValueHeads(metadata, prefix, heads),
        headDimension(metadata, prefix, hidden, heads),
        metadata.positive(prefix + "feed_forward_length"),
        metadata.positive(prefix + "context_length"),
        window,
        metadata.number(prefix + "attention.layer_norm_rms_epsilon"),
        metadata.number(prefix + "rope.freq_base", 10_000),
        !file.tensors().containsKey(HEAD));
  }

  private static int window(GgufMetadata metadata, String prefix) {
    Integer window = metadata.index(prefix + "attention.sliding_window");
    return window == null ? 0 : window;
  }

  private static int vocabulary(GgufFile file) {
    GgufTensor table = file.tensors().get(EMBEDDINGS);
    if (table == null || table.dimensions().size() != 2 || table.dimensions().get(0) > 1 << 30) {
      throw file.metadata()
          .wrong(
              "tensor " + EMBEDDINGS,
              "a matrix",
              table == null ? "none" : "the shape " + table.dimensions());
    }
    return Math.toIntExact(table.dimensions().get(0));
  }

  private static int keyValueHeads(GgufMetadata metadata, String prefix, int heads) {
    String key = prefix + "attention.head_count_kv";
    int found = metadata.positive(key, heads);
    if (heads % found != 0) {
      throw metadata.wrong(
          key, "a divisor of " + heads + ", the head count", Integer.toString(found));
    }
    return found;
  }

  private static int headDimension(GgufMetadata metadata, String prefix, int hidden, int heads) {
    String key = prefix + "attention.key_length";
    if (!metadata.has(key) && hidden % heads != 0) {
      throw metadata.wrong(
          prefix + "embedding_length", "a multiple of " + heads + " heads", "" + hidden);
    }
    int dimension = metadata.positive(key, Math.max(1, hidden / heads));
    if (dimension % 2 != 0) {
      throw metadata.wrong(
          key, "heads of an even width, for the rotary embedding", Integer.toString(dimension));
    }
    for (String other : List.of("attention.value_length", "rope.dimension_count")) {
      int found = metadata.positive(prefix + other, dimension);
      if (found != dimension) {
        throw metadata.wrong(
            prefix + other,
            dimension + ", the width of a head",
            Integer.toString(found),
            "; take a model whose keys and values are of one width and turned as a whole");
      }
    }
    return dimension;
  }

  /** Rows of all query heads. */
  long queryRows() {
    return (long) heads * headDimension;
  }

  /** Rows of all key heads, and of all value heads. */
  long keyRows() {
    return (long) keyValueHeads * headDimension;
  }

  /**
   * config.json.
   *
   * @param scaling of the rotary frequencies in Hugging Face's words; null for none
   * @param metadata for the ids of the special tokens
   */
  Map<String, @Nullable Object> config(
      @Nullable Map<String, Object> scaling, GgufMetadata metadata) {
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    config.put("architectures", List.of(implementation()));
    config.put("model_type", family);
    config.put("vocab_size", vocabulary);
    config.put("hidden_size", hidden);
    config.put("intermediate_size", feedForward);
    config.put("num_hidden_layers", layers);
    config.put("num_attention_heads", heads);
    config.put("num_key_value_heads", keyValueHeads);
    config.put("head_dim", headDimension);
    config.put("max_position_embeddings", positions);
    config.put("hidden_act", "silu");
    config.put("rms_norm_eps", epsilon);
    config.put("tie_word_embeddings", tied);
    config.put("attention_bias", family.equals("qwen2"));
    config.put("rope_theta", theta);
    config.put("rope_scaling", scaling);
    if (window > 0) {
      config.put("sliding_window", window);
      config.put("use_sliding_window", true);
    }
    config.put("bos_token_id", metadata.index("tokenizer.ggml.bos_token_id"));
    config.put("eos_token_id", metadata.index("tokenizer.ggml.eos_token_id"));
    config.put("dtype", "bfloat16");
    config.put("torch_dtype", "bfloat16");
    return config;
  }

  private String implementation() {
    return switch (family) {
      case "mistral" -> "MistralForCausalLM";
      case "qwen2" -> "Qwen2ForCausalLM";
      default -> "LlamaForCausalLM";
    };
  }
}

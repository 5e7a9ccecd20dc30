package io.gnomon.gguf;

import io.gnomon.checkpoint.SafetensorsFolder;
import io.gnomon.nn.DecoderShape;
import io.gnomon.nn.Rope;
import io.gnomon.teacher.CheckpointConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A Hugging Face folder's weights as a GGUF file in float32, as llama.cpp's converter has them. */
public final class TinyGguf {
  private TinyGguf() {}

  /** Writes the model in {@code folder}, with its byte-level tokenizer, to {@code file}. */
  public static Path write(Path folder, Path file) {
    return withMerges(of(folder), folder).write(file);
  }

  /** The model in {@code folder}, without a tokenizer. */
  static GgufWriter of(Path folder) {
    DecoderShape shape = CheckpointConfig.read(folder);
    String family = shape.family();
    String architecture = family.equals("qwen2") ? "qwen2" : "llama";
    GgufWriter writer =
        new GgufWriter()
            .with("general.architecture", architecture)
            .with(architecture + ".context_length", shape.maxPositions())
            .with(architecture + ".embedding_length", shape.hidden())
            .with(architecture + ".block_count", shape.layers())
            .with(architecture + ".feed_forward_length", shape.feedForward())
            .with(architecture + ".attention.head_count", shape.heads())
            .with(architecture + ".attention.head_count_kv", shape.keyValueHeads())
            .with(architecture + ".attention.key_length", shape.headDimension())
            .with(architecture + ".attention.value_length", shape.headDimension())
            .with(architecture + ".rope.dimension_count", shape.headDimension())
            .with(architecture + ".rope.freq_base", (float) shape.rope().theta())
            .with(architecture + ".attention.layer_norm_rms_epsilon", (float) shape.epsilon());
    if (family.equals("mistral")) {
      writer.with("llama.attention.sliding_window", shape.maxPositions());
    }
    if (shape.rope().scaling() instanceof Rope.Llama3 scaling) {
      float[] divisors = divisors(shape, scaling);
      writer.f32("rope_freqs.weight", divisors, divisors.length);
    }
    try (SafetensorsFolder weights = SafetensorsFolder.open(folder)) {
      for (String name : weights.names()) {
        long[] dimensions = weights.info(name).shape();
        float[] values = weights.floats(name);
        boolean turned = architecture.equals("llama") && name.matches(".*\\.[qk]_proj\\.weight");
        writer.f32(
            rename(name),
            turned ? sideBySide(values, shape.headDimension(), (int) dimensions[1]) : values,
            dimensions);
      }
    }
    return writer;
  }

  private static String rename(String name) {
    List<List<String>> words =
        List.of(
            List.of("model.embed_tokens", "token_embd"),
            List.of("model.norm", "output_norm"),
            List.of("lm_head", "output"),
            List.of("model.layers.", "blk."),
            List.of("input_layernorm", "attn_norm"),
            List.of("post_attention_layernorm", "ffn_norm"),
            List.of("self_attn.q_proj", "attn_q"),
            List.of("self_attn.k_proj", "attn_k"),
            List.of("self_attn.v_proj", "attn_v"),
            List.of("self_attn.o_proj", "attn_output"),
            List.of("mlp.gate_proj", "ffn_gate"),
            List.of("mlp.up_proj", "ffn_up"),
            List.of("mlp.down_proj", "ffn_down"));
    String renamed = name;
    for (List<String> word : words) {
      renamed = renamed.replace(word.get(0), word.get(1));
    }
    return renamed;
  }

  /**
   * As llama.cpp's converter reorders rows: each head as (2, E/2, width), its first two axes
   * swapped.
   */
  static float[] sideBySide(float[] rows, int headDimension, int width) {
    float[] turned = new float[rows.length];
    int half = headDimension / 2;
    int at = 0;
    for (int head = 0; head < rows.length / width / headDimension; head++) {
      for (int i = 0; i < half; i++) {
        for (int j = 0; j < 2; j++) {
          int row = head * headDimension + j * half + i;
          System.arraycopy(rows, row * width, turned, at, width);
          at += width;
        }
      }
    }
    return turned;
  }

  /** As llama.cpp's converter writes Llama 3's scaling. */
  private static float[] divisors(DecoderShape shape, Rope.Llama3 scaling) {
    float[] divisors = new float[shape.headDimension() / 2];
    for (int i = 0; i < divisors.length; i++) {
      double wavelength =
          2 * Math.PI * Math.pow(shape.rope().theta(), 2.0 * i / shape.headDimension());
      double smooth =
          (scaling.context() / wavelength - scaling.lowFrequency())
              / (scaling.highFrequency() - scaling.lowFrequency());
      if (wavelength < scaling.context() / scaling.highFrequency()) {
        divisors[i] = 1;
      } else if (wavelength > scaling.context() / scaling.lowFrequency()) {
        divisors[i] = (float) scaling.factor();
      } else {
        divisors[i] = (float) (1 / ((1 - smooth) / scaling.factor() + smooth));
      }
    }
    return divisors;
  }

  /** Adds the byte-level tokenizer of {@code folder}. */
  static GgufWriter withMerges(GgufWriter writer, Path folder) {
    var json = TestJson.read(folder.resolve("tokenizer.json"));
    List<String> tokens = TestJson.entries(json);
    List<Integer> kinds =
        tokens.stream().map(token -> TestJson.special(json, token) ? 3 : 1).toList();
    return writer
        .with("tokenizer.ggml.model", "gpt2")
        .with("tokenizer.ggml.pre", "gpt-2")
        .with("tokenizer.ggml.tokens", tokens)
        .with("tokenizer.ggml.token_type", kinds)
        .with("tokenizer.ggml.merges", TestJson.merges(json))
        .with("tokenizer.ggml.bos_token_id", 0)
        .with("tokenizer.ggml.eos_token_id", 1)
        .with("tokenizer.ggml.add_bos_token", false);
  }

  /** Adds a byte-level tokenizer of {@code size} single letters without a merge. */
  static GgufWriter withLetters(GgufWriter writer, int size) {
    List<String> letters =
        IntStream.range(0, size).mapToObj(i -> Character.toString(0x4e00 + i)).toList();
    return writer
        .with("tokenizer.ggml.model", "gpt2")
        .with("tokenizer.ggml.pre", "gpt-2")
        .with("tokenizer.ggml.tokens", letters)
        .with("tokenizer.ggml.merges", List.of());
  }
}

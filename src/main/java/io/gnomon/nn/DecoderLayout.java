package io.gnomon.nn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which weights a decoder has, and which tensors of a checkpoint make each of them up. */
final class DecoderLayout {
  static final String NORM = "model.norm.weight";

  private DecoderLayout() {}

  /** What the names of a layer's tensors begin with. */
  static String layer(int index) {
    return "model.layers." + index + ".";
  }

  /** Joined name → the checkpoint's tensors that make it up, stacked along the first axis. */
  static Map<String, List<TensorPart>> parts(DecoderShape shape) {
    Map<String, List<TensorPart>> parts = new LinkedHashMap<>();
    for (int i = 0; i < shape.layers(); i++) {
      String at = layer(i);
      vector(parts, at + "input_layernorm.weight", shape.hidden());
      attention(parts, at + "self_attn.", shape);
      vector(parts, at + "post_attention_layernorm.weight", shape.hidden());
      feedForward(parts, at + "mlp.", shape);
    }
    vector(parts, NORM, shape.hidden());
    return parts;
  }

  private static void attention(
      Map<String, List<TensorPart>> parts, String at, DecoderShape shape) {
    long query = (long) shape.heads() * shape.headDimension();
    long key = (long) shape.keyValueHeads() * shape.headDimension();
    parts.put(
        at + "qkv_proj.weight",
        List.of(
            new TensorPart(at + "q_proj.weight", query, shape.hidden()),
            new TensorPart(at + "k_proj.weight", key, shape.hidden()),
            new TensorPart(at + "v_proj.weight", key, shape.hidden())));
    if (shape.bias()) {
      parts.put(
          at + "qkv_proj.bias",
          List.of(
              new TensorPart(at + "q_proj.bias", query),
              new TensorPart(at + "k_proj.bias", key),
              new TensorPart(at + "v_proj.bias", key)));
    }
    parts.put(
        at + "o_proj.weight", List.of(new TensorPart(at + "o_proj.weight", shape.hidden(), query)));
  }

  private static void feedForward(
      Map<String, List<TensorPart>> parts, String at, DecoderShape shape) {
    parts.put(
        at + "gate_up_proj.weight",
        List.of(
            new TensorPart(at + "gate_proj.weight", shape.feedForward(), shape.hidden()),
            new TensorPart(at + "up_proj.weight", shape.feedForward(), shape.hidden())));
    parts.put(
        at + "down_proj.weight",
        List.of(new TensorPart(at + "down_proj.weight", shape.hidden(), shape.feedForward())));
  }

  private static void vector(Map<String, List<TensorPart>> parts, String name, long length) {
    parts.put(name, List.of(new TensorPart(name, length)));
  }
}

package io.gnomon.gguf;

import io.gnomon.checkpoint.ElementSource;
import io.gnomon.checkpoint.StoredTensor;
import io.gnomon.checkpoint.StoredType;
import io.gnomon.config.InputException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which tensor of a GGUF file becomes which of a Hugging Face folder; every one that the model
 * needs must be there in its shape, and none may be left over.
 */
final class TensorPlan {
  private final GgufFile file;
  private final ModelShape shape;
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>(Set.of(RopeScaling.FACTORS));

  private TensorPlan(GgufFile file, ModelShape shape) {
    this.file = file;
    this.shape = shape;
  }

  /**
   * The tensors by their Hugging Face names, in bfloat16, read when they are written.
   *
   * @throws InputException when one is missing, of another shape, or unknown
   */
  static Map<String, StoredTensor> of(GgufFile file, ModelShape shape) {
    TensorPlan plan = new TensorPlan(file, shape);
    plan.add(
        ModelShape.EMBEDDINGS, "model.embed_tokens.weight", shape.vocabulary(), shape.hidden());
    for (int layer = 0; layer < shape.layers(); layer++) {
      plan.addLayer("blk." + layer + ".", "model.layers." + layer + ".");
    }
    plan.add("output_norm.weight", "model.norm.weight", shape.hidden());
    if (!shape.tied()) {
      plan.add(ModelShape.HEAD, "lm_head.weight", shape.vocabulary(), shape.hidden());
    }
    plan.refuseOthers();
    return plan.tensors;
  }

  private void addLayer(String from, String to) {
    long width = shape.hidden();
    String attention = to + "self_attn.";
    add(from + "attn_norm.weight", to + "input_layernorm.weight", width);
    addHeads(from + "attn_q.weight", attention + "q_proj.weight", shape.queryRows());
    addHeads(from + "attn_k.weight", attention + "k_proj.weight", shape.keyRows());
    add(from + "attn_v.weight", attention + "v_proj.weight", shape.keyRows(), width);
    if (shape.family().equals("qwen2")) {
      add(from + "attn_q.bias", attention + "q_proj.bias", shape.queryRows());
      add(from + "attn_k.bias", attention + "k_proj.bias", shape.keyRows());
      add(from + "attn_v.bias", attention + "v_proj.bias", shape.keyRows());
    }
    add(from + "attn_output.weight", attention + "o_proj.weight", width, shape.queryRows());
    add(from + "ffn_norm.weight", to + "post_attention_layernorm.weight", width);
    add(from + "ffn_gate.weight", to + "mlp.gate_proj.weight", shape.feedForward(), width);
    add(from + "ffn_up.weight", to + "mlp.up_proj.weight", shape.feedForward(), width);
    add(from + "ffn_down.weight", to + "mlp.down_proj.weight", width, shape.feedForward());
  }

  /** Queries and keys: llama.cpp reorders their rows for Llama and Mistral, not for Qwen. */
  private void addHeads(String from, String to, long rows) {
    ElementSource stored = source(from, rows, shape.hidden());
    boolean reordered = !shape.family().equals("qwen2");
    put(
        to,
        reordered ? new HeadOrder(stored, shape.headDimension(), shape.hidden()) : stored,
        rows,
        shape.hidden());
  }

  private void add(String from, String to, long... dimensions) {
    put(to, source(from, dimensions), dimensions);
  }

  private void put(String name, ElementSource source, long... dimensions) {
    tensors.put(name, new StoredTensor(StoredType.BF16, dimensions, source));
  }

  private ElementSource source(String name, long... dimensions) {
    GgufTensor tensor = file.tensors().get(name);
    List<Long> expected = Arrays.stream(dimensions).boxed().toList();
    if (tensor == null || !tensor.dimensions().equals(expected)) {
      throw new InputException(
          "%s: tensor %s: expected shape %s, found %s; take a file that is one whole model"
              .formatted(
                  file.path(), name, expected, tensor == null ? "none" : tensor.dimensions()));
    }
    used.add(name);
    return file.elements(tensor);
  }

  private void refuseOthers() {
    List<String> others =
        file.tensors().keySet().stream().filter(name -> !used.contains(name)).toList();
    if (!others.isEmpty()) {
      throw new InputException(
          ("%s: expected the tensors of a %s decoder with %d layers, found also %s; take a model"
                  + " of that kind")
              .formatted(
                  file.path(),
                  shape.family(),
                  shape.layers(),
                  others.size() <= 3
                      ? String.join(", ", others)
                      : String.join(", ", others.subList(0, 3))
                          + " and "
                          + (others.size() - 3)
                          + " more"));
    }
  }
}

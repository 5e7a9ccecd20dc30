package io.gnomon.tensorflow;

import io.gnomon.checkpoint.ElementSource;
import io.gnomon.checkpoint.StoredTensor;
import io.gnomon.checkpoint.StoredType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which variable of a TensorFlow BERT becomes which tensor of a Hugging Face folder. Every one that
 * the encoder needs must be there in its shape; the pooler and the heads of the pretraining come
 * along where they are there, whole.
 */
final class BertTensors {
  private final BertVariables variables;
  private final BertShape shape;
  private final List<Planned> planned = new ArrayList<>();

  /** A tensor and where it comes from. */
  private record Planned(String name, BundleEntry entry, StoredTensor tensor) {}

  private BertTensors(BertVariables variables, BertShape shape) {
    this.variables = variables;
    this.shape = shape;
  }

  /**
   * Plans them all.
   *
   * @throws io.gnomon.config.InputException when one is missing or of another shape
   */
  static BertTensors of(BertVariables variables, BertShape shape) {
    BertTensors tensors = new BertTensors(variables, shape);
    tensors.addEmbeddings();
    for (int layer = 0; layer < shape.layers(); layer++) {
      tensors.addLayer(BertNames.layer(layer));
    }
    if (tensors.pooled()) {
      tensors.addDense(BertNames.POOLER, shape.hidden(), shape.hidden());
    }
    if (tensors.predicting()) {
      tensors.addPredictions();
    }
    if (tensors.relating()) {
      tensors.add(BertNames.NEXT_SENTENCE, "cls.seq_relationship.weight", 2, shape.hidden());
      tensors.add(BertNames.NEXT_SENTENCE_BIAS, "cls.seq_relationship.bias", 2);
    }
    tensors.planned.sort(
        Comparator.comparingLong((Planned it) -> it.entry().shard())
            .thenComparingLong(it -> it.entry().offset()));
    return tensors;
  }

  private boolean pooled() {
    return variables.has(BertNames.POOLER + "/kernel");
  }

  private boolean predicting() {
    return variables.has(BertNames.PREDICTION_BIAS);
  }

  private boolean relating() {
    return variables.has(BertNames.NEXT_SENTENCE);
  }

  private void addEmbeddings() {
    int width = shape.hidden();
    addTable(BertNames.WORDS, shape.vocabulary(), width);
    addTable(BertNames.POSITIONS, shape.positions(), width);
    addTable(BertNames.TOKEN_TYPES, shape.tokenTypes(), width);
    addNorm(BertNames.EMBEDDINGS + "LayerNorm");
  }

  private void addLayer(String layer) {
    int width = shape.hidden();
    addDense(layer + "attention/self/query", width, width);
    addDense(layer + "attention/self/key", width, width);
    addDense(layer + "attention/self/value", width, width);
    addDense(layer + "attention/output/dense", width, width);
    addNorm(layer + "attention/output/LayerNorm");
    addDense(layer + "intermediate/dense", width, shape.feedForward());
    addDense(layer + "output/dense", shape.feedForward(), width);
    addNorm(layer + "output/LayerNorm");
  }

  private void addPredictions() {
    String transform = BertNames.PREDICTIONS + "transform/";
    addDense(transform + "dense", shape.hidden(), shape.hidden());
    addNorm(transform + "LayerNorm");
    add(BertNames.PREDICTION_BIAS, "cls.predictions.bias", shape.vocabulary());
  }

  private void addTable(String name, long rows, long columns) {
    add(name, BertNames.theirs(name) + ".weight", rows, columns);
  }

  private void addNorm(String name) {
    add(name + "/gamma", BertNames.theirs(name) + ".weight", shape.hidden());
    add(name + "/beta", BertNames.theirs(name) + ".bias", shape.hidden());
  }

  private void addDense(String name, int in, int out) {
    BundleEntry kernel = variables.find(name + "/kernel", List.of((long) in, (long) out));
    plan(
        BertNames.theirs(name) + ".weight",
        kernel,
        new TransposedElements(variables.bundle(), kernel, out, in),
        out,
        in);
    add(name + "/bias", BertNames.theirs(name) + ".bias", out);
  }

  private void add(String from, String to, long... dimensions) {
    BundleEntry entry = variables.find(from, Arrays.stream(dimensions).boxed().toList());
    ElementSource elements =
        (start, target, at, count) ->
            variables.bundle().floats(entry).get((int) start, target, at, count);
    plan(to, entry, elements, dimensions);
  }

  private void plan(String name, BundleEntry entry, ElementSource elements, long... dimensions) {
    planned.add(new Planned(name, entry, new StoredTensor(StoredType.F32, dimensions, elements)));
  }

  /** The tensors by their new names, float32, in the order in which the data files have them. */
  Map<String, StoredTensor> stored() {
    Map<String, StoredTensor> stored = new LinkedHashMap<>();
    planned.forEach(it -> stored.put(it.name(), it.tensor()));
    return stored;
  }

  /** Where they come from, in the same order. */
  List<BundleEntry> entries() {
    return planned.stream().map(Planned::entry).toList();
  }

  /** Variables of the model that no tensor is made from. */
  List<String> leftOut() {
    Set<String> used = entries().stream().map(BundleEntry::name).collect(Collectors.toSet());
    return variables.bundle().entries().keySet().stream()
        .filter(name -> !used.contains(name) && !BertNames.isOfTraining(name))
        .toList();
  }

  /** The class of {@code transformers} that has these weights. */
  String implementation() {
    if (!predicting()) {
      return "BertModel";
    }
    return relating() ? "BertForPreTraining" : "BertForMaskedLM";
  }
}

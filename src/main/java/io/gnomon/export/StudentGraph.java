package io.gnomon.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gnomon.nn.Parameters;
import io.gnomon.student.RobertaShape;
import io.gnomon.student.Student;
import io.gnomon.teacher.EmbeddingTable;
import java.util.List;

/**
 * Describes a student on its teacher's table as a {@link Graph}: a RoBERTa student here, another in
 * {@link StaticGraph}.
 *
 * <p>What is constant is computed beforehand. The token type is added to every row of the position
 * table, and the start vector to the one row that only the start has: the start then enters as
 * zeros. Queries carry the scale 1/√(D / heads) of attention. Where the encoder is narrower than
 * the teacher, the map d → D is applied to the table's rows, which makes the table smaller.
 */
final class StudentGraph {
  private final Parameters parameters;
  private final RobertaShape shape;
  private final EmbeddingTable table;
  private final KeptRows rows;
  private final Graph.Builder graph = new Graph.Builder();

  private StudentGraph(
      Parameters parameters, RobertaShape shape, EmbeddingTable table, KeptRows rows) {
    this.parameters = parameters;
    this.shape = shape;
    this.table = table;
    this.rows = rows;
  }

  /** The graph of {@code student} with the {@code rows} of its teacher's {@code table}. */
  static Graph of(Student student, EmbeddingTable table, KeptRows rows) {
    Parameters parameters = student.parameters();
    return student
        .shape()
        .match(
            it -> new StudentGraph(parameters, it, table, rows).describe(),
            it -> new StaticGraph(parameters, it, table, rows).describe());
  }

  private Graph describe() {
    String seen = graph.add("seen", new Op.Extend(Graph.MASK)); // (B, S)
    String h = opening(seen); // (B, S, D)
    int layers = shape.encoder().layers();
    for (int layer = 0; layer < layers; layer++) {
      h = layer(layer, h, seen, layer == layers - 1);
    }
    head(h);
    return graph.build(shape.classes().size(), shape.multiLabel());
  }

  /** Embeddings, start, positions, LayerNorm: (B, T) → (B, S, D). */
  private String opening(String seen) {
    String ids =
        rows.isAll() ? Graph.IDS : graph.add("rows", new Op.Renumber(rows, Graph.IDS)); // (B, T)
    String x = graph.add("embeddings", new Op.Rows(tokens(), ids)); // (B, T, d or D)
    if (shape.mapped() && !folded()) {
      x = product("mapped", RobertaShape.MAP, x); // (B, T, D)
    }
    String led = graph.add("inputs", new Op.Lead(x)); // (B, S, D)
    String at = graph.add("position_ids", new Op.Positions(seen, shape.positionOffset()));
    String positions = graph.add("positions", new Op.Rows(positions(), at)); // (B, S, D)
    String sum = graph.add("placed", new Op.Sum(led, positions));
    return norm("opening", RobertaShape.NORM, sum);
  }

  /** Whether the map is applied to the table beforehand. */
  private boolean folded() {
    return shape.mapped() && shape.encoder().hidden() < shape.embedding();
  }

  private Weight tokens() {
    int width = folded() ? shape.encoder().hidden() : shape.embedding();
    return new Weight("embedding_table", List.of(rows.size(), width), this::tokens);
  }

  private float[] tokens(int first, int end) {
    try (NDManager manager = parameters.manager().newSubManager();
        NDArray part = table.lookup(manager, new long[][] {rows.tokens(first, end)})) {
      return folded() ? map(part) : part.toFloatArray();
    }
  }

  private float[] map(NDArray part) {
    NDArray weight = parameters.get(RobertaShape.MAP + ".weight"); // (D, d)
    NDArray bias = parameters.get(RobertaShape.MAP + ".bias");
    try (NDArray turned = weight.transpose();
        NDArray product = part.matMul(turned);
        NDArray mapped = product.add(bias)) {
      return mapped.toFloatArray();
    }
  }

  private Weight positions() {
    int width = shape.encoder().hidden();
    int count = shape.maxPositions() + shape.positionOffset();
    return Weight.matrix("position_table", count, width, () -> placed(width));
  }

  private float[] placed(int width) {
    float[] positions = values(RobertaShape.POSITIONS);
    float[] kind = values(RobertaShape.TOKEN_TYPE);
    float[] start = values(RobertaShape.START);
    for (int i = 0; i < positions.length; i++) {
      positions[i] += kind[i % width];
    }
    for (int j = 0; j < width; j++) {
      positions[shape.positionOffset() * width + j] += start[j];
    }
    return positions;
  }

  /** One layer of the encoder; of the last only the first position: (B, S, D) → (B, S or 1, D). */
  private String layer(int number, String x, String seen, boolean last) {
    String ours = "layer." + number + ".";
    String theirs = RobertaShape.ENCODER + ours;
    String at = last ? graph.add(ours + "first", new Op.First(x)) : x; // (B, Q, D)
    String queries = graph.add(ours + "queries", queries(theirs + "attention.self.query", at));
    String both = graph.add(ours + "keys_values", keysValues(theirs + "attention.self.", x));
    Op.Attend attend =
        new Op.Attend(queries, both, seen, shape.encoder().heads(), shape.encoder().hidden());
    String mixed = graph.add(ours + "mixed", attend); // (B, Q, D)
    String out = product(ours + "attention", theirs + "attention.output.dense", mixed);
    String joined = graph.add(ours + "attended", new Op.Sum(at, out));
    String h = norm(ours + "attention_norm", theirs + "attention.output.LayerNorm", joined);
    String wide = product(ours + "wide", theirs + "intermediate.dense", h); // (B, Q, F)
    String active = graph.add(ours + "active", new Op.Gelu(wide));
    String narrow = product(ours + "narrow", theirs + "output.dense", active); // (B, Q, D)
    String sum = graph.add(ours + "fed", new Op.Sum(h, narrow));
    return norm(ours + "output", theirs + "output.LayerNorm", sum);
  }

  /** The first position's two products: (B, 1, D) → logits (B, K). */
  private void head(String h) {
    String first = graph.add("first", new Op.Only(h)); // (B, D)
    String dense = product("dense", RobertaShape.DENSE, first);
    String active = graph.add("dense_tanh", new Op.Tanh(dense));
    graph.add(
        Graph.LOGITS,
        new Op.Scores(
            matrix(RobertaShape.OUT + ".weight"), vector(RobertaShape.OUT + ".bias"), active));
  }

  private Op.Product queries(String theirs, String x) {
    int width = shape.encoder().hidden();
    float scale = (float) Math.sqrt((double) shape.encoder().heads() / width);
    return new Op.Product(
        Weight.matrix(theirs + ".weight", width, width, () -> scaled(theirs + ".weight", scale)),
        Weight.vector(theirs + ".bias", scaled(theirs + ".bias", scale)),
        x);
  }

  private Op.Product keysValues(String theirs, String x) {
    int width = shape.encoder().hidden();
    return new Op.Product(
        Weight.matrix(
            theirs + "key_value.weight",
            2 * width,
            width,
            () -> joined(theirs + "key.weight", theirs + "value.weight")),
        Weight.vector(
            theirs + "key_value.bias", joined(theirs + "key.bias", theirs + "value.bias")),
        x);
  }

  private String product(String name, String theirs, String x) {
    return graph.add(name, new Op.Product(matrix(theirs + ".weight"), vector(theirs + ".bias"), x));
  }

  private String norm(String name, String theirs, String x) {
    double epsilon = shape.encoder().epsilon();
    return graph.add(
        name, new Op.Norm(vector(theirs + ".weight"), vector(theirs + ".bias"), epsilon, x));
  }

  private float[] scaled(String name, float scale) {
    float[] values = values(name);
    for (int i = 0; i < values.length; i++) {
      values[i] *= scale;
    }
    return values;
  }

  private float[] joined(String first, String second) {
    float[] a = values(first);
    float[] b = values(second);
    float[] both = new float[a.length + b.length];
    System.arraycopy(a, 0, both, 0, a.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private Weight matrix(String name) {
    NDArray array = parameters.get(name);
    int rows = (int) array.getShape().get(0);
    int columns = (int) array.getShape().get(1);
    return Weight.matrix(name, rows, columns, array::toFloatArray);
  }

  private Weight vector(String name) {
    return Weight.vector(name, values(name));
  }

  private float[] values(String name) {
    return parameters.get(name).toFloatArray();
  }
}

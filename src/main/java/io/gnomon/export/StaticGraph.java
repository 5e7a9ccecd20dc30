package io.gnomon.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import io.gnomon.nn.Parameters;
import io.gnomon.student.StaticShape;
import io.gnomon.teacher.EmbeddingTable;
import java.util.List;

/**
 * Describes a student that pools as a {@link Graph}. Its features of a token depend on that token
 * alone, so they are computed beforehand for every row of the table, and are what the export holds:
 * (V, M) in place of (V, d).
 */
final class StaticGraph {
  private final Parameters parameters;
  private final StaticShape shape;
  private final EmbeddingTable table;
  private final KeptRows rows;
  private final Graph.Builder graph = new Graph.Builder();

  StaticGraph(Parameters parameters, StaticShape shape, EmbeddingTable table, KeptRows rows) {
    this.parameters = parameters;
    this.shape = shape;
    this.table = table;
    this.rows = rows;
  }

  Graph describe() {
    String ids =
        rows.isAll() ? Graph.IDS : graph.add("rows", new Op.Renumber(rows, Graph.IDS)); // (B, T)
    Weight features =
        new Weight("embedding_table", List.of(rows.size(), shape.features()), this::features);
    String x = graph.add("features", new Op.Rows(features, ids)); // (B, T, M)
    String pooled = graph.add("pooled", new Op.Pool(x, Graph.MASK)); // (B, 2 M)
    String dense =
        graph.add(
            "dense",
            new Op.Product(matrix(StaticShape.DENSE), vector(StaticShape.DENSE), pooled)); // (B, F)
    String active = graph.add("dense_tanh", new Op.Tanh(dense));
    graph.add(
        Graph.LOGITS, new Op.Scores(matrix(StaticShape.OUT), vector(StaticShape.OUT), active));
    return graph.build(shape.classes().size(), shape.multiLabel());
  }

  private float[] features(int first, int end) {
    NDArray weight = parameters.get(StaticShape.MAP + ".weight"); // (M, d)
    NDArray bias = parameters.get(StaticShape.MAP + ".bias");
    try (NDManager manager = parameters.manager().newSubManager();
        NDArray part = table.lookup(manager, new long[][] {rows.tokens(first, end)});
        NDArray turned = weight.transpose();
        NDArray product = part.matMul(turned);
        NDArray mapped = product.add(bias);
        NDArray features = Activation.gelu(mapped)) {
      return features.toFloatArray();
    }
  }

  private Weight matrix(String layer) {
    String name = layer + ".weight";
    NDArray array = parameters.get(name);
    int outputs = (int) array.getShape().get(0);
    int inputs = (int) array.getShape().get(1);
    return Weight.matrix(name, outputs, inputs, array::toFloatArray);
  }

  private Weight vector(String layer) {
    String name = layer + ".bias";
    return Weight.vector(name, parameters.get(name).toFloatArray());
  }
}

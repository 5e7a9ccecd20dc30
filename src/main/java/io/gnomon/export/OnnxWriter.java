package io.gnomon.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A student's graph in the operators of ONNX, version 17 of the standard set. */
final class OnnxWriter implements OpWriter {
  /** Where nothing is seen; far below any score, so that softmax makes an exact zero of it. */
  private static final float UNSEEN = 1e30f;

  private final OnnxNodes nodes;
  private final OnnxMatrices matrices;
  private final Map<String, String> unseen = new HashMap<>();

  private OnnxWriter(OnnxNodes nodes, OnnxMatrices matrices) {
    this.nodes = nodes;
    this.matrices = matrices;
  }

  /** Writes {@code graph}; the bytes of its tensors go to {@code store}. */
  static GraphProto write(Graph graph, ExportPrecision precision, TensorStore store) {
    OnnxNodes nodes = new OnnxNodes(store);
    nodes.input(Graph.IDS);
    nodes.input(Graph.MASK);
    graph.write(new OnnxWriter(nodes, OnnxMatrices.of(precision)));
    if (graph.multiLabel()) {
      nodes.node("Sigmoid", Graph.PROBABILITIES, List.of(Graph.LOGITS));
    } else {
      nodes.node(
          "Softmax", Graph.PROBABILITIES, List.of(Graph.LOGITS), OnnxNodes.integer("axis", -1));
    }
    nodes.output(Graph.LOGITS, graph.labels());
    nodes.output(Graph.PROBABILITIES, graph.labels());
    return nodes.build();
  }

  @Override
  public void renumber(Op.Renumber op, String to) {
    byte[] bytes = LittleEndian.ints(op.rows().rowOf());
    String map =
        nodes.tensor(
            "row_of_token",
            TensorProto.DataType.INT32,
            List.of((long) op.rows().tokens()),
            bytes.length,
            out -> out.write(bytes));
    nodes.node("Gather", to, List.of(map, op.ids()));
  }

  @Override
  public void rows(Op.Rows op, String to) {
    matrices.rows(nodes, op.table(), op.ids(), to);
  }

  @Override
  public void product(Op.Product op, String to) {
    String product = matrices.times(nodes, op.x(), op.weight(), to + ".product");
    nodes.node("Add", to, List.of(product, OnnxMatrices.Single.vector(nodes, op.bias())));
  }

  @Override
  public void lead(Op.Lead op, String to) {
    nodes.node("Pad", to, List.of(op.x(), nodes.integers(0, 1, 0, 0, 0, 0), nodes.number(0)));
  }

  @Override
  public void extend(Op.Extend op, String to) {
    nodes.node("Pad", to, List.of(op.mask(), nodes.integers(0, 1, 0, 0), nodes.integer(1)));
  }

  @Override
  public void positions(Op.Positions op, String to) {
    if (op.offset() == 0) {
      String zeros = nodes.node("Mul", to + ".zeros", List.of(op.seen(), nodes.integer(0)));
      String ones = nodes.node("Add", to + ".ones", List.of(zeros, nodes.integer(1)));
      nodes.node("Sub", to, List.of(counted(ones, to), nodes.integer(1)));
      return;
    }
    String masked = nodes.node("Mul", to + ".masked", List.of(counted(op.seen(), to), op.seen()));
    nodes.node("Add", to, List.of(masked, nodes.integer(op.offset() - 1)));
  }

  private String counted(String ones, String to) {
    return nodes.node("CumSum", to + ".counted", List.of(ones, nodes.integer(1)));
  }

  @Override
  public void sum(Op.Sum op, String to) {
    nodes.node("Add", to, List.of(op.a(), op.b()));
  }

  @Override
  public void norm(Op.Norm op, String to) {
    nodes.node(
        "LayerNormalization",
        to,
        List.of(
            op.x(),
            OnnxMatrices.Single.vector(nodes, op.weight()),
            OnnxMatrices.Single.vector(nodes, op.bias())),
        OnnxNodes.integer("axis", -1),
        OnnxNodes.number("epsilon", op.epsilon()));
  }

  @Override
  public void attend(Op.Attend op, String to) {
    String keys = to + ".keys";
    String values = to + ".values";
    nodes.nodes(
        "Split",
        List.of(keys, values),
        List.of(op.keysValues(), nodes.integers(op.width(), op.width())),
        OnnxNodes.integer("axis", -1));
    String q = heads(op, op.queries(), to + ".q", 0, 2, 1, 3); // (B, heads, Q, E)
    String k = heads(op, keys, to + ".k", 0, 2, 3, 1); // (B, heads, E, S)
    String v = heads(op, values, to + ".v", 0, 2, 1, 3); // (B, heads, S, E)
    String scores = nodes.node("MatMul", to + ".scores", List.of(q, k)); // (B, heads, Q, S)
    String masked = nodes.node("Add", to + ".masked", List.of(scores, unseen(op.seen())));
    String weights =
        nodes.node("Softmax", to + ".weights", List.of(masked), OnnxNodes.integer("axis", -1));
    String mixed = nodes.node("MatMul", to + ".mixed", List.of(weights, v)); // (B, heads, Q, E)
    String back =
        nodes.node(
            "Transpose", to + ".back", List.of(mixed), OnnxNodes.integers("perm", 0L, 2L, 1L, 3L));
    nodes.node("Reshape", to, List.of(back, nodes.integers(0, 0, op.width())));
  }

  /** (B, N, D) → (B, N, heads, E), its axes in the order given. */
  private String heads(Op.Attend op, String x, String to, long... order) {
    String split =
        nodes.node(
            "Reshape",
            to + ".heads",
            List.of(x, nodes.integers(0, 0, op.heads(), op.width() / op.heads())));
    Long[] axes = Arrays.stream(order).boxed().toArray(Long[]::new);
    return nodes.node("Transpose", to, List.of(split), OnnxNodes.integers("perm", axes));
  }

  /** (B, S), 1 or 0 → (B, 1, 1, S), 0 or far below it; once for all layers. */
  private String unseen(String seen) {
    return unseen.computeIfAbsent(
        seen,
        key -> {
          String number =
              nodes.node(
                  "Cast",
                  key + ".fp32",
                  List.of(key),
                  OnnxNodes.integer("to", TensorProto.DataType.FLOAT.getNumber()));
          String less = nodes.node("Sub", key + ".less", List.of(number, nodes.number(1)));
          String far = nodes.node("Mul", key + ".far", List.of(less, nodes.number(UNSEEN)));
          return nodes.node("Unsqueeze", key + ".bias", List.of(far, nodes.integers(1, 2)));
        });
  }

  @Override
  public void pool(Op.Pool op, String to) {
    String seen =
        nodes.node(
            "Cast",
            to + ".seen",
            List.of(op.mask()),
            OnnxNodes.integer("to", TensorProto.DataType.FLOAT.getNumber()));
    String column = nodes.node("Unsqueeze", to + ".column", List.of(seen, nodes.integers(2)));
    String kept = nodes.node("Mul", to + ".kept", List.of(op.x(), column)); // (B, T, M)
    String found = summed(seen, to + ".found", 1); // (B, 1)
    String count = nodes.node("Max", to + ".count", List.of(found, nodes.number(1)));
    String sum = summed(kept, to + ".sum", 0); // (B, M)
    String mean = nodes.node("Div", to + ".mean", List.of(sum, count));
    String most =
        nodes.node(
            "ReduceMax",
            to + ".most",
            List.of(kept),
            OnnxNodes.integers("axes", 1L),
            OnnxNodes.integer("keepdims", 0));
    String largest = nodes.node("Relu", to + ".largest", List.of(most));
    nodes.node("Concat", to, List.of(mean, largest), OnnxNodes.integer("axis", 1));
  }

  private String summed(String x, String to, int keep) {
    return nodes.node(
        "ReduceSum", to, List.of(x, nodes.integers(1)), OnnxNodes.integer("keepdims", keep));
  }

  /** x (1 + erf(x / √2)) / 2, in the shape that ONNX Runtime runs as one. */
  @Override
  public void gelu(Op.Gelu op, String to) {
    String x = op.x();
    String less = nodes.node("Div", to + ".less", List.of(x, nodes.number((float) Math.sqrt(2))));
    String error = nodes.node("Erf", to + ".erf", List.of(less));
    String more = nodes.node("Add", to + ".more", List.of(error, nodes.number(1)));
    String twice = nodes.node("Mul", to + ".twice", List.of(x, more));
    nodes.node("Mul", to, List.of(twice, nodes.number(0.5f)));
  }

  @Override
  public void tanh(Op.Tanh op, String to) {
    nodes.node("Tanh", to, List.of(op.x()));
  }

  @Override
  public void first(Op.First op, String to) {
    nodes.node(
        "Slice", to, List.of(op.x(), nodes.integers(0), nodes.integers(1), nodes.integers(1)));
  }

  @Override
  public void only(Op.Only op, String to) {
    nodes.node("Squeeze", to, List.of(op.x(), nodes.integers(1)));
  }

  @Override
  public void scores(Op.Scores op, String to) {
    String product = new OnnxMatrices.Single().times(nodes, op.x(), op.weight(), to + ".product");
    nodes.node("Add", to, List.of(product, OnnxMatrices.Single.vector(nodes, op.bias())));
  }
}

package io.gnomon.export;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How a student's matrices stand in an ONNX graph, and how they are multiplied and looked up. */
sealed interface OnnxMatrices {
  /** x Wᵀ, without a bias; W is (F, D). */
  String times(OnnxNodes nodes, String x, Weight weight, String to);

  /** Rows of a table. */
  String rows(OnnxNodes nodes, Weight table, String ids, String to);

  static OnnxMatrices of(ExportPrecision precision) {
    return switch (precision) {
      case FP32 -> new Single();
      case FP16 -> new Half();
      case INT8 -> new Byte8();
    };
  }

  private static List<Long> shape(Weight weight) {
    return List.of((long) weight.rows(), (long) weight.columns());
  }

  private static List<Long> turnedShape(Weight weight) {
    return List.of((long) weight.columns(), (long) weight.rows());
  }

  /** (F, D) → (D, F). */
  private static float[] turned(Weight weight) {
    float[] values = weight.values();
    float[] turned = new float[values.length];
    int rows = weight.rows();
    int columns = weight.columns();
    for (int i = 0; i < values.length; i++) {
      turned[i % columns * rows + i / columns] = values[i];
    }
    return turned;
  }

  /** Held as float32. */
  final class Single implements OnnxMatrices {
    @Override
    public String times(OnnxNodes nodes, String x, Weight weight, String to) {
      String held =
          nodes.tensor(
              weight.name(),
              TensorProto.DataType.FLOAT,
              turnedShape(weight),
              weight.elements() * Float.BYTES,
              out -> out.write(LittleEndian.floats(turned(weight))));
      return nodes.node("MatMul", to, List.of(x, held));
    }

    @Override
    public String rows(OnnxNodes nodes, Weight table, String ids, String to) {
      String held =
          nodes.tensor(
              table.name(),
              TensorProto.DataType.FLOAT,
              shape(table),
              table.elements() * Float.BYTES,
              out -> table.each(rows -> out.write(LittleEndian.floats(rows))));
      return nodes.node("Gather", to, List.of(held, ids));
    }

    /** A vector, as all precisions hold it. */
    static String vector(OnnxNodes nodes, Weight vector) {
      return vector(nodes, vector.name(), List.of((long) vector.columns()), vector.values());
    }

    static String vector(OnnxNodes nodes, String name, List<Long> shape, float[] values) {
      return nodes.tensor(
          name,
          TensorProto.DataType.FLOAT,
          shape,
          (long) values.length * Float.BYTES,
          out -> out.write(LittleEndian.floats(values)));
    }
  }

  /**
   * Held as float16, widened before use: a runtime widens matrices once, when it opens the model.
   */
  final class Half implements OnnxMatrices {
    @Override
    public String times(OnnxNodes nodes, String x, Weight weight, String to) {
      String held =
          nodes.tensor(
              weight.name(),
              TensorProto.DataType.FLOAT16,
              turnedShape(weight),
              weight.elements() * Short.BYTES,
              out -> out.write(LittleEndian.halves(turned(weight))));
      return nodes.node("MatMul", to, List.of(x, wide(nodes, held, weight.name() + ".fp32")));
    }

    @Override
    public String rows(OnnxNodes nodes, Weight table, String ids, String to) {
      String held =
          nodes.tensor(
              table.name(),
              TensorProto.DataType.FLOAT16,
              shape(table),
              table.elements() * Short.BYTES,
              out -> table.each(rows -> out.write(LittleEndian.halves(rows))));
      return wide(nodes, nodes.node("Gather", to + ".fp16", List.of(held, ids)), to);
    }

    private static String wide(OnnxNodes nodes, String x, String to) {
      return nodes.node(
          "Cast", to, List.of(x), OnnxNodes.integer("to", TensorProto.DataType.FLOAT.getNumber()));
    }
  }

  /**
   * Held as 8-bit integers: matrices with a scale for each output, tables with one for each row. A
   * product scales its activations to 8 bits by their extremes (DynamicQuantizeLinear) and sums in
   * 32 bits (MatMulInteger), two nodes that ONNX Runtime runs as one.
   */
  final class Byte8 implements OnnxMatrices {
    private static final String SCALE = ".scale";
    private final Map<String, String> scaled = new HashMap<>();

    @Override
    public String times(OnnxNodes nodes, String x, Weight weight, String to) {
      String narrow = scaled.computeIfAbsent(x, key -> scaled(nodes, key));
      Scaled matrix = Scaled.rows(weight.values(), weight.columns());
      String held =
          nodes.tensor(
              weight.name(),
              TensorProto.DataType.INT8,
              turnedShape(weight),
              weight.elements(),
              out -> out.write(matrix.turned()));
      String scale =
          Single.vector(
              nodes, weight.name() + SCALE, List.of((long) weight.rows()), matrix.scales());
      String sum =
          nodes.node("MatMulInteger", to + ".int32", List.of(narrow, held, narrow + ".zero"));
      String wide = Half.wide(nodes, sum, to + ".unscaled");
      String both = nodes.node("Mul", to + SCALE, List.of(narrow + SCALE, scale));
      return nodes.node("Mul", to, List.of(wide, both));
    }

    private static String scaled(OnnxNodes nodes, String x) {
      String narrow = x + ".uint8";
      nodes.nodes(
          "DynamicQuantizeLinear", List.of(narrow, narrow + SCALE, narrow + ".zero"), List.of(x));
      return narrow;
    }

    @Override
    public String rows(OnnxNodes nodes, Weight table, String ids, String to) {
      String held =
          nodes.tensor(
              table.name(),
              TensorProto.DataType.INT8,
              shape(table),
              table.elements(),
              out -> table.each(rows -> out.write(Scaled.rows(rows, table.columns()).values())));
      String scales =
          nodes.tensor(
              table.name() + SCALE,
              TensorProto.DataType.FLOAT,
              List.of((long) table.rows(), 1L),
              (long) table.rows() * Float.BYTES,
              out ->
                  table.each(
                      rows ->
                          out.write(
                              LittleEndian.floats(Scaled.rows(rows, table.columns()).scales()))));
      String narrow = nodes.node("Gather", to + ".int8", List.of(held, ids));
      String wide = Half.wide(nodes, narrow, to + ".unscaled");
      String scale = nodes.node("Gather", to + SCALE, List.of(scales, ids));
      return nodes.node("Mul", to, List.of(wide, scale));
    }
  }
}

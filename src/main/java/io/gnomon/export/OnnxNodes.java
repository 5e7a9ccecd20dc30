package io.gnomon.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.gnomon.checkpoint.IOConsumer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts an ONNX graph together: nodes, constants, inputs and outputs. */
final class OnnxNodes {
  private static final TensorProto.DataType INT64 = TensorProto.DataType.INT64;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("student");
  private final Map<String, String> numbers = new HashMap<>();
  private final TensorStore store;

  OnnxNodes(TensorStore store) {
    this.store = store;
  }

  /** Adds a node of one output called {@code to}, and gives that name. */
  String node(String operator, String to, List<String> inputs, AttributeProto... attributes) {
    nodes(operator, List.of(to), inputs, attributes);
    return to;
  }

  /** Adds a node of several outputs. */
  void nodes(
      String operator, List<String> outputs, List<String> inputs, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(outputs.get(0))
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllAttribute(Arrays.asList(attributes)));
  }

  static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static AttributeProto integers(String name, Long... values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INTS)
        .addAllInts(Arrays.asList(values))
        .build();
  }

  static AttributeProto number(String name, double value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF((float) value)
        .build();
  }

  /** A constant of int64, of one axis; the same values are held once. */
  String integers(long... values) {
    return numbers.computeIfAbsent(
        "int64" + Arrays.toString(values),
        key -> constant(INT64, List.of((long) values.length), LittleEndian.longs(values)));
  }

  /** A constant of int64, without axes; the same value is held once. */
  String integer(long value) {
    return numbers.computeIfAbsent(
        "int64 " + value, key -> constant(INT64, List.of(), LittleEndian.longs(value)));
  }

  /** A constant of float32, without axes; the same value is held once. */
  String number(float value) {
    return numbers.computeIfAbsent(
        "float " + value,
        key -> constant(TensorProto.DataType.FLOAT, List.of(), LittleEndian.floats(value)));
  }

  private String constant(TensorProto.DataType type, List<Long> shape, byte[] bytes) {
    String name = "constant." + numbers.size();
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .addAllDims(shape)
            .setRawData(ByteString.copyFrom(bytes)));
    return name;
  }

  /** Holds a tensor whose bytes are written when they are asked for; gives its name. */
  String tensor(
      String name,
      TensorProto.DataType type,
      List<Long> shape,
      long bytes,
      IOConsumer<OutputStream> content) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber()).addAllDims(shape);
    try {
      store.put(tensor, bytes, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    graph.addInitializer(tensor);
    return name;
  }

  /** An input of int64, (batch, length). */
  void input(String name) {
    graph.addInput(
        value(name, TensorProto.DataType.INT64, dimension("batch"), dimension("length")));
  }

  /** An output of float32, (batch, width). */
  void output(String name, int width) {
    TensorShapeProto.Dimension fixed =
        TensorShapeProto.Dimension.newBuilder().setDimValue(width).build();
    graph.addOutput(value(name, TensorProto.DataType.FLOAT, dimension("batch"), fixed));
  }

  private static TensorShapeProto.Dimension dimension(String name) {
    return TensorShapeProto.Dimension.newBuilder().setDimParam(name).build();
  }

  private static ValueInfoProto value(
      String name, TensorProto.DataType type, TensorShapeProto.Dimension... shape) {
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(type.getNumber())
            .setShape(TensorShapeProto.newBuilder().addAllDim(Arrays.asList(shape)))
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  GraphProto build() {
    return graph.build();
  }
}

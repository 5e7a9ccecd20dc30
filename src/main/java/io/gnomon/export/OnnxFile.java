package io.gnomon.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import io.gnomon.checkpoint.FileProblem;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** {@code model.onnx}, with {@code model.onnx.data} beside it where it would pass 2 GB. */
final class OnnxFile {
  /** The file's name. */
  static final String NAME = "model.onnx";

  /** Where the bytes of large models are. */
  static final String DATA = "model.onnx.data";

  /** The first version that has LayerNormalization. */
  static final int OPERATORS = 17;

  /** Of a protocol buffer 2 GB, less room for all that is not a matrix. */
  static final long LARGEST = Integer.MAX_VALUE - (64L << 20);

  /** The version of the format that came with those operators. */
  private static final long FORMAT = 8;

  private OnnxFile() {}

  /**
   * Writes a graph to {@code folder}.
   *
   * @param metadata goes into the model's metadata_props
   * @param largest most bytes of matrices that go into the model itself
   * @throws io.gnomon.config.InputException when it cannot be written
   */
  static void write(
      Path folder,
      Graph graph,
      ExportPrecision precision,
      Map<String, String> metadata,
      long largest) {
    Path file = folder.resolve(NAME);
    boolean inside = graph.elements() * precision.bytes() <= largest;
    try (TensorStore store =
            inside ? new TensorStore.Inside() : new TensorStore.Beside(folder.resolve(DATA));
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      model(OnnxWriter.write(graph, precision, store), metadata).writeTo(out);
    } catch (IOException e) {
      throw FileProblem.writing(file, e);
    } catch (UncheckedIOException e) {
      throw FileProblem.writing(file, new IOException(e.getCause()));
    }
  }

  private static ModelProto model(GraphProto graph, Map<String, String> metadata) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(FORMAT)
            .setProducerName("gnomon")
            .setProducerVersion(GnomonVersion.get())
            .setGraph(graph)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATORS));
    metadata.forEach(
        (key, value) ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build();
  }
}

package io.gnomon.export;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.gnomon.checkpoint.IOConsumer;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the bytes of an ONNX model's tensors go: into the model itself or, for a protocol buffer
 * ends at 2 GB, into a file beside it.
 */
sealed interface TensorStore extends Closeable {
  /** Writes {@code length} bytes and says in {@code tensor} where they are. */
  void put(TensorProto.Builder tensor, long length, IOConsumer<OutputStream> content)
      throws IOException;

  @Override
  void close() throws IOException;

  /** Into the model. */
  final class Inside implements TensorStore {
    @Override
    public void put(TensorProto.Builder tensor, long length, IOConsumer<OutputStream> content)
        throws IOException {
      try (ByteString.Output bytes = ByteString.newOutput(Math.toIntExact(length))) {
        content.accept(bytes);
        tensor.setRawData(bytes.toByteString());
      }
    }

    @Override
    public void close() {}
  }

  /** Into a file beside the model, each tensor on a boundary that can be mapped to memory. */
  final class Beside implements TensorStore {
    private static final int PAGE = 4096;

    private final String name;
    private final OutputStream out;
    private long position;

    Beside(Path file) throws IOException {
      this.name = String.valueOf(file.getFileName());
      this.out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    }

    @Override
    public void put(TensorProto.Builder tensor, long length, IOConsumer<OutputStream> content)
        throws IOException {
      int gap = (int) (-position & (PAGE - 1));
      out.write(new byte[gap]);
      position += gap;
      content.accept(out);
      tensor
          .setDataLocation(TensorProto.DataLocation.EXTERNAL)
          .addExternalData(entry("location", name))
          .addExternalData(entry("offset", Long.toString(position)))
          .addExternalData(entry("length", Long.toString(length)));
      position += length;
    }

    private static StringStringEntryProto entry(String key, String value) {
      return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}

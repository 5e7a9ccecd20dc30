package io.gnomon.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a {@code *.safetensors} file: crash-safe ({@link AtomicFiles}), a block of a tensor at a
 * time. The same tensors in the same order give the same bytes.
 */
public final class SafetensorsWriter {
  /** Elements at a time: a multiple of every quantised block, which a source may insist on. */
  private static final int BLOCK = 1 << 14;

  private static final int ALIGNMENT = 8;
  private static final JsonMapper JSON = new JsonMapper();

  private SafetensorsWriter() {}

  /**
   * Writes {@code tensors} in their map's order, the wider types first so that each lies aligned.
   *
   * @param metadata texts for {@code __metadata__}, such as {@code format: pt}; may be empty
   * @throws io.gnomon.config.InputException when the file cannot be written
   */
  public static void write(
      Path file, Map<String, StoredTensor> tensors, Map<String, String> metadata) {
    List<Map.Entry<String, StoredTensor>> ordered =
        tensors.entrySet().stream()
            .sorted(Comparator.comparingInt(entry -> -entry.getValue().type().bytes()))
            .toList();
    byte[] header = header(ordered, metadata);
    AtomicFiles.write(
        file,
        out -> {
          out.write(header);
          for (Map.Entry<String, StoredTensor> entry : ordered) {
            writeValues(entry.getValue(), out);
          }
        });
  }

  private static byte[] header(
      List<Map.Entry<String, StoredTensor>> tensors, Map<String, String> metadata) {
    Map<String, Object> root = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      root.put(SafetensorsHeader.METADATA, metadata);
    }
    long offset = 0;
    for (Map.Entry<String, StoredTensor> entry : tensors) {
      root.put(entry.getKey(), describe(entry.getValue(), offset));
      offset += entry.getValue().length();
    }
    byte[] json = JSON.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(padded).put(json);
    Arrays.fill(bytes.array(), bytes.position(), bytes.capacity(), (byte) ' ');
    return bytes.array();
  }

  private static Map<String, Object> describe(StoredTensor tensor, long offset) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("dtype", tensor.type().name());
    description.put("shape", tensor.shape());
    description.put("data_offsets", new long[] {offset, offset + tensor.length()});
    return description;
  }

  private static void writeValues(StoredTensor tensor, OutputStream out) throws IOException {
    float[] values = new float[BLOCK];
    ByteBuffer block =
        ByteBuffer.allocate(BLOCK * tensor.type().bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (long from = 0; from < tensor.elements(); from += BLOCK) {
      int count = (int) Math.min(BLOCK, tensor.elements() - from);
      tensor.source().read(from, values, 0, count);
      Narrowing.narrow(tensor.type(), values, 0, count, block.clear());
      out.write(block.array(), 0, block.position());
    }
  }
}

package io.gnomon.checkpoint;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The head of a safetensors file, checked in full: 8 bytes of length (little-endian), that many
 * bytes of JSON, then the data, which the tensors must cover without gap or overlap.
 *
 * @param tensors by name, in the order of the header
 * @param metadata the texts under {@code __metadata__}
 */
record SafetensorsHeader(Map<String, TensorInfo> tensors, Map<String, String> metadata) {
  static final String METADATA = "__metadata__";

  /** The reference implementation's own bound on the JSON, in bytes. */
  private static final long LONGEST = 100_000_000;

  private static final String MEND = "; copy or download the file again";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Reads and checks the head of {@code file}.
   *
   * @throws InputException when any of it is not as the format says
   */
  static SafetensorsHeader read(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < Long.BYTES) {
      throw truncated(file, Long.BYTES, size);
    }
    long length = readExactly(file, channel, 0, Long.BYTES).getLong();
    if (length < 2 || length > LONGEST) {
      throw broken(
          file, "header length " + Long.toUnsignedString(length) + ", so no safetensors file");
    }
    long data = Long.BYTES + length;
    if (data > size) {
      throw truncated(file, data, size);
    }
    JsonNode root = parse(file, readExactly(file, channel, Long.BYTES, (int) length));
    SafetensorsHeader header =
        new SafetensorsHeader(tensors(file, root, data), metadata(file, root));
    checkCoverage(file, header.tensors.values(), data, size);
    return header;
  }

  private static ByteBuffer readExactly(Path file, FileChannel channel, long from, int count)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw truncated(file, from + count, from + bytes.position());
      }
    }
    return bytes.flip();
  }

  private static JsonNode parse(Path file, ByteBuffer bytes) {
    try {
      JsonNode root = JSON.readTree(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
      if (!root.isObject()) {
        throw broken(file, "header is not a JSON object");
      }
      return root;
    } catch (CharacterCodingException e) {
      throw broken(file, "header is not UTF-8");
    } catch (JacksonException e) {
      throw broken(
          file, "header is not valid JSON: " + FileProblem.firstLine(e.getOriginalMessage()));
    }
  }

  private static Map<String, String> metadata(Path file, JsonNode root) {
    Map<String, String> texts = new LinkedHashMap<>();
    JsonNode node = root.path(METADATA);
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!entry.getValue().isString()) {
        throw broken(file, METADATA + " '" + entry.getKey() + "' is not a text");
      }
      texts.put(entry.getKey(), entry.getValue().stringValue());
    }
    if (!node.isMissingNode() && !node.isObject()) {
      throw broken(file, METADATA + " is not an object of texts");
    }
    return Collections.unmodifiableMap(texts);
  }

  private static Map<String, TensorInfo> tensors(Path file, JsonNode root, long data) {
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      if (!entry.getKey().equals(METADATA)) {
        tensors.put(entry.getKey(), tensor(file, entry.getKey(), entry.getValue(), data));
      }
    }
    return Collections.unmodifiableMap(tensors);
  }

  private static TensorInfo tensor(Path file, String name, JsonNode node, long data) {
    StoredType type = type(file, name, node.path("dtype"));
    List<Long> shape = numbers(file, name, "shape", node.path("shape"));
    List<Long> range = numbers(file, name, "data_offsets", node.path("data_offsets"));
    if (range.size() != 2 || range.get(0) > range.get(1)) {
      throw broken(file, "tensor " + name + ": data_offsets " + range + ", expected [begin, end]");
    }
    long length = range.get(1) - range.get(0);
    if (bytes(shape, type) != length) {
      throw broken(
          file,
          "tensor %s: shape %s of %s does not fill its %d bytes"
              .formatted(name, shape, type, length));
    }
    if (range.get(1) > Long.MAX_VALUE - data) {
      throw broken(file, "tensor " + name + ": data_offsets " + range + " are out of range");
    }
    return new TensorInfo(name, type, shape, file, data + range.get(0), length);
  }

  private static StoredType type(Path file, String name, JsonNode node) {
    try {
      return StoredType.of(node.isString() ? node.stringValue() : node.toString());
    } catch (InputException e) {
      throw new InputException(file + ": tensor " + name + ": " + e.getMessage(), e);
    }
  }

  private static List<Long> numbers(Path file, String name, String key, JsonNode node) {
    List<Long> numbers = new ArrayList<>();
    for (JsonNode value : node) {
      if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
        throw broken(file, "tensor " + name + ": " + key + " holds " + value);
      }
      numbers.add(value.longValue());
    }
    if (!node.isArray()) {
      throw broken(file, "tensor " + name + ": " + key + " is not a list of numbers");
    }
    return numbers;
  }

  /** Bytes of a tensor, −1 when they pass what a long holds. */
  private static long bytes(List<Long> shape, StoredType type) {
    if (shape.contains(0L)) {
      return 0;
    }
    try {
      return shape.stream().reduce((long) type.bytes(), Math::multiplyExact);
    } catch (ArithmeticException e) {
      return -1;
    }
  }

  private static void checkCoverage(Path file, Iterable<TensorInfo> tensors, long data, long size) {
    List<TensorInfo> sorted = new ArrayList<>();
    tensors.forEach(sorted::add);
    sorted.sort(Comparator.comparingLong(TensorInfo::offset).thenComparing(TensorInfo::length));
    long last = sorted.stream().mapToLong(SafetensorsHeader::end).max().orElse(data);
    if (last > size) {
      throw truncated(file, last, size);
    }
    long covered = data;
    for (TensorInfo tensor : sorted) {
      if (tensor.offset() != covered) {
        String problem = tensor.offset() < covered ? "overlaps another" : "leaves a gap before it";
        throw broken(file, "tensor " + tensor.name() + " " + problem);
      }
      covered = end(tensor);
    }
    if (covered != size) {
      throw broken(file, "expected " + covered + " bytes, found " + size);
    }
  }

  private static long end(TensorInfo tensor) {
    return tensor.offset() + tensor.length();
  }

  private static InputException truncated(Path file, long expected, long found) {
    return broken(file, "truncated: expected " + expected + " bytes, found " + found);
  }

  private static InputException broken(Path file, String problem) {
    return new InputException(file + ": " + problem + MEND);
  }
}

package io.gnomon.gguf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes GGUF files after the format's description, damaged ones as well. */
final class GgufWriter {
  /** A tensor: shape in row-major order, the number of its type, its stored bytes. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
  private record Stored(List<Long> shape, int type, byte[] bytes) {}

  private final Map<String, Object> metadata = new LinkedHashMap<>();
  private final Map<String, Stored> tensors = new LinkedHashMap<>();
  private int version = 3;
  private long misplaced;

  GgufWriter version(int number) {
    version = number;
    return this;
  }

  /** Adds {@code by} to the offset of every tensor but the first. */
  GgufWriter misplaced(long by) {
    misplaced = by;
    return this;
  }

  /** Integers are written as uint32, lists as arrays of what they hold. */
  GgufWriter with(String key, Object value) {
    metadata.put(key, value);
    return this;
  }

  GgufWriter without(String key) {
    metadata.remove(key);
    tensors.remove(key);
    return this;
  }

  GgufWriter tensor(String name, int type, byte[] bytes, long... shape) {
    List<Long> dimensions = new ArrayList<>();
    for (long dimension : shape) {
      dimensions.add(dimension);
    }
    tensors.put(name, new Stored(dimensions, type, bytes));
    return this;
  }

  GgufWriter f32(String name, float[] values, long... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return tensor(name, 0, bytes.array(), shape);
  }

  Path write(Path file) {
    try {
      return Files.write(file, bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
    put(out, version);
    put(out, (long) tensors.size());
    put(out, (long) metadata.size());
    metadata.forEach(
        (key, value) -> {
          put(out, key);
          put(out, typeOf(value));
          putValue(out, value);
        });
    long offset = 0;
    for (Map.Entry<String, Stored> entry : tensors.entrySet()) {
      put(out, entry.getKey());
      List<Long> shape = entry.getValue().shape();
      put(out, shape.size());
      for (int i = shape.size() - 1; i >= 0; i--) {
        put(out, (long) shape.get(i));
      }
      put(out, entry.getValue().type());
      put(out, offset == 0 ? 0 : offset + misplaced);
      offset += padded(entry.getValue().bytes().length);
    }
    pad(out);
    for (Stored tensor : tensors.values()) {
      out.writeBytes(tensor.bytes());
      pad(out);
    }
    return out.toByteArray();
  }

  private static long padded(long length) {
    return (length + 31) / 32 * 32;
  }

  private static void pad(ByteArrayOutputStream out) {
    while (out.size() % 32 != 0) {
      out.write(0);
    }
  }

  private static int typeOf(Object value) {
    if (value instanceof Byte) {
      return 1;
    } else if (value instanceof Short) {
      return 3;
    } else if (value instanceof Integer) {
      return 4;
    } else if (value instanceof Float) {
      return 6;
    } else if (value instanceof Boolean) {
      return 7;
    } else if (value instanceof String) {
      return 8;
    } else if (value instanceof List) {
      return 9;
    } else if (value instanceof Long) {
      return 11;
    } else if (value instanceof Double) {
      return 12;
    }
    throw new IllegalArgumentException(value.toString());
  }

  private static void putValue(ByteArrayOutputStream out, Object value) {
    if (value instanceof Byte number) {
      out.write(number);
    } else if (value instanceof Short number) {
      out.writeBytes(little(2).putShort(number).array());
    } else if (value instanceof Integer number) {
      put(out, number);
    } else if (value instanceof Float number) {
      put(out, Float.floatToIntBits(number));
    } else if (value instanceof Boolean flag) {
      out.write(flag ? 1 : 0);
    } else if (value instanceof String text) {
      put(out, text);
    } else if (value instanceof Long number) {
      put(out, (long) number);
    } else if (value instanceof Double number) {
      put(out, Double.doubleToLongBits(number));
    } else if (value instanceof List<?> items) {
      put(out, items.isEmpty() ? 4 : typeOf(items.get(0)));
      put(out, (long) items.size());
      items.forEach(item -> putValue(out, item));
    }
  }

  private static void put(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    put(out, (long) bytes.length);
    out.writeBytes(bytes);
  }

  private static void put(ByteArrayOutputStream out, int value) {
    out.writeBytes(little(4).putInt(value).array());
  }

  private static void put(ByteArrayOutputStream out, long value) {
    out.writeBytes(little(8).putLong(value).array());
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}

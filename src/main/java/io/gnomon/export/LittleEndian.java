package io.gnomon.export;

import io.gnomon.checkpoint.Narrowing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers as ONNX and TorchScript files hold them. */
final class LittleEndian {
  private LittleEndian() {}

  static byte[] floats(float... values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    over(bytes).asFloatBuffer().put(values);
    return bytes;
  }

  /** IEEE 754 binary16, rounded to the nearest. */
  static byte[] halves(float... values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Short.BYTES)];
    ByteBuffer buffer = over(bytes);
    for (float value : values) {
      buffer.putShort(Narrowing.half(value));
    }
    return bytes;
  }

  static byte[] ints(int... values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Integer.BYTES)];
    over(bytes).asIntBuffer().put(values);
    return bytes;
  }

  static byte[] longs(long... values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Long.BYTES)];
    over(bytes).asLongBuffer().put(values);
    return bytes;
  }

  private static ByteBuffer over(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}

package io.gnomon.checkpoint;

import io.gnomon.config.InputException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/** Named tensors on disk, read one at a time. */
public interface TensorSource extends AutoCloseable {
  /** The file or folder, for messages. */
  Path path();

  /** All names, in the order of the file. */
  Set<String> names();

  /**
   * What is known of a tensor without reading it.
   *
   * @throws InputException when there is none of that name; the message has the nearest ones
   */
  TensorInfo info(String name);

  /**
   * Widens a tensor to float32 into {@code target}, from its position on, in row-major order.
   *
   * @throws InputException for an unknown name, or a type that is not F32, F16 or BF16
   * @throws java.nio.BufferOverflowException when {@code target} has less room than elements
   */
  void readFloats(String name, FloatBuffer target);

  /**
   * The bytes of a tensor as they lie on disk: read-only, mapped, little-endian.
   *
   * @throws InputException for an unknown name, or a tensor of 2 GiB and more
   */
  ByteBuffer bytes(String name);

  /**
   * A tensor widened to float32, in row-major order.
   *
   * @throws InputException as {@link #readFloats}, and for more elements than an array holds
   */
  default float[] floats(String name) {
    TensorInfo info = info(name);
    if (info.elements() > Integer.MAX_VALUE - 8) {
      throw new InputException(
          "%s: tensor %s: %d elements, more than one array can hold"
              .formatted(info.file(), name, info.elements()));
    }
    float[] values = new float[(int) info.elements()];
    readFloats(name, FloatBuffer.wrap(values));
    return values;
  }

  /**
   * The same as {@link #info}, of a tensor that must have this shape.
   *
   * @throws InputException when it has another
   */
  default TensorInfo require(String name, long... shape) {
    TensorInfo info = info(name);
    if (!info.hasShape(shape)) {
      throw new InputException(
          ("%s: tensor %s: expected shape %s, found %s; weights and config.json differ, take"
                  + " both from one checkpoint")
              .formatted(info.file(), name, Arrays.toString(shape), info.dimensions()));
    }
    return info;
  }

  @Override
  void close();
}

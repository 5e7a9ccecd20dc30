package io.gnomon.checkpoint;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;

/**
 * One {@code *.safetensors} file, its header checked in full when it is opened, its tensors mapped
 * into memory a region at a time (so that the file may be of any size) when they are asked for.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
public final class SafetensorsFile implements TensorSource {
  /** Bytes mapped at once: a multiple of every element size, well below the 2 GiB of a buffer. */
  static final int REGION = 1 << 25;

  private final Path file;
  private final FileChannel channel;
  private final SafetensorsHeader header;

  private SafetensorsFile(Path file, FileChannel channel, SafetensorsHeader header) {
    this.file = file;
    this.channel = channel;
    this.header = header;
  }

  /**
   * Opens {@code file} and checks that header and length agree.
   *
   * @throws InputException when it cannot be read or is not whole
   */
  public static SafetensorsFile open(Path file) {
    if (Files.isDirectory(file)) {
      throw new InputException(file + ": expected a *.safetensors file, found a folder");
    }
    try {
      return open(file, FileChannel.open(file, StandardOpenOption.READ));
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    }
  }

  private static SafetensorsFile open(Path file, FileChannel channel) throws IOException {
    try {
      return new SafetensorsFile(file, channel, SafetensorsHeader.read(file, channel));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public Path path() {
    return file;
  }

  /** All tensors by name, in the order of the header. */
  public Map<String, TensorInfo> tensors() {
    return header.tensors();
  }

  /** The texts under {@code __metadata__}, empty when there are none. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  @Override
  public Set<String> names() {
    return header.tensors().keySet();
  }

  @Override
  public TensorInfo info(String name) {
    TensorInfo info = header.tensors().get(name);
    if (info == null) {
      throw unknown(file, name, names());
    }
    return info;
  }

  static InputException unknown(Path where, String name, Set<String> names) {
    return new InputException(
        ("%s: expected a tensor %s, found none (the nearest are %s); take weights and"
                + " config.json of one checkpoint")
            .formatted(where, name, NearestNames.of(name, names)));
  }

  @Override
  public void readFloats(String name, FloatBuffer target) {
    TensorInfo info = info(name);
    if (!info.type().widens()) {
      throw new InputException(
          "%s: tensor %s: expected F32, F16 or BF16, found %s; convert the checkpoint"
              .formatted(file, name, info.type()));
    }
    for (long done = 0; done < info.length(); done += REGION) {
      ByteBuffer region = map(info.offset() + done, Math.min(REGION, info.length() - done));
      Widening.widen(info.type(), region, target);
    }
  }

  @Override
  public ByteBuffer bytes(String name) {
    TensorInfo info = info(name);
    if (info.length() > Integer.MAX_VALUE) {
      throw new InputException(
          "%s: tensor %s: %d bytes, more than one buffer can hold"
              .formatted(file, name, info.length()));
    }
    return map(info.offset(), info.length());
  }

  private ByteBuffer map(long offset, long length) {
    try {
      return channel
          .map(FileChannel.MapMode.READ_ONLY, offset, length)
          .order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    }
  }
}

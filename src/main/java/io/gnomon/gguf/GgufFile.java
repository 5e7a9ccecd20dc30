package io.gnomon.gguf;

import io.gnomon.checkpoint.ElementSource;
import io.gnomon.checkpoint.FileProblem;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * One GGUF file, version 2 or 3, its head checked in full when it is opened, its tensors mapped
 * into memory and dequantized a block at a time when they are asked for.
 */
public final class GgufFile implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final GgufHeader header;

  private GgufFile(Path file, FileChannel channel, GgufHeader header) {
    this.file = file;
    this.channel = channel;
    this.header = header;
  }

  /**
   * Opens {@code file} and checks that head and length agree.
   *
   * @throws InputException when it cannot be read, is not whole, or holds what is not read here
   */
  public static GgufFile open(Path file) {
    if (Files.isDirectory(file)) {
      throw new InputException(
          file + ": expected a GGUF file, found a folder; give the file in it");
    }
    try {
      return open(file, FileChannel.open(file, StandardOpenOption.READ));
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    }
  }

  private static GgufFile open(Path file, FileChannel channel) throws IOException {
    try {
      long size = channel.size();
      ByteBuffer head =
          channel
              .map(FileChannel.MapMode.READ_ONLY, 0, Math.min(size, Integer.MAX_VALUE))
              .order(ByteOrder.LITTLE_ENDIAN);
      return new GgufFile(file, channel, GgufHeader.read(file, head, size));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** The file. */
  public Path path() {
    return file;
  }

  /** 2 or 3. */
  public int version() {
    return header.version();
  }

  /** The keys and values at its head. */
  public GgufMetadata metadata() {
    return header.metadata();
  }

  /** All tensors by name, in the order of the file. */
  public Map<String, GgufTensor> tensors() {
    return header.tensors();
  }

  /**
   * A tensor's elements as float32, read from the file when asked for, in whole blocks of its type.
   */
  public ElementSource elements(GgufTensor tensor) {
    return new MappedBlocks(file, channel, tensor);
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

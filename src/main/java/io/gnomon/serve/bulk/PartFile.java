package io.gnomon.serve.bulk;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that grows aside, as {@code name.part}, until it is whole. */
final class PartFile implements AutoCloseable {
  private final Path target;
  private final Path part;
  private final FileChannel channel;

  private PartFile(Path target, FileChannel channel) {
    this.target = target;
    this.part = part(target);
    this.channel = channel;
  }

  static Path part(Path target) {
    return target.resolveSibling(target.getFileName() + ".part");
  }

  /** Begins anew. */
  static PartFile begin(Path target) {
    try {
      Path folder = target.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      return new PartFile(
          target,
          FileChannel.open(
              part(target),
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw FileTrouble.writing(target, e);
    }
  }

  /**
   * Goes on behind the first {@code size} bytes; what a killed process wrote behind them is lost.
   *
   * @throws InputException when there are fewer
   */
  static PartFile resume(Path target, long size) {
    try {
      Path part = part(target);
      // Killed between the last renames: the file had its name already.
      if (!Files.exists(part) && Files.exists(target) && Files.size(target) == size) {
        Files.move(target, part, StandardCopyOption.ATOMIC_MOVE);
      }
      if (!Files.exists(part) || Files.size(part) < size) {
        throw new InputException(
            "%s: expected the %d bytes that its journal says, found fewer; delete the journal to"
                    .formatted(part, size)
                + " begin anew");
      }
      FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
      channel.truncate(size).position(size);
      return new PartFile(target, channel);
    } catch (IOException e) {
      throw FileTrouble.writing(target, e);
    }
  }

  Path path() {
    return part;
  }

  void append(String text) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw FileTrouble.writing(target, e);
    }
  }

  /** Forces what was appended to disk, and says how many bytes are there. */
  long force() {
    try {
      channel.force(true);
      return channel.size();
    } catch (IOException e) {
      throw FileTrouble.writing(target, e);
    }
  }

  /** Gives the file its name. */
  void finish() {
    force();
    close();
    move(part, target);
  }

  /** Leaves nothing of it. */
  void discard() {
    close();
    delete(part);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw FileTrouble.writing(target, e);
    }
  }

  static void move(Path from, Path to) {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw FileTrouble.writing(to, e);
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw FileTrouble.writing(file, e);
    }
  }
}

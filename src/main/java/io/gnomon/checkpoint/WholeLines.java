package io.gnomon.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The end of a file of lines: a line is there whole, or not at all.
 *
 * @param file for messages
 */
public record WholeLines(Path file, SeekableByteChannel channel) {
  /** What makes a written line last. */
  public interface Force {
    /** Does it. */
    void run() throws IOException;
  }

  /**
   * Writes a line down, with no promise that it outlasts the machine.
   *
   * @throws io.gnomon.config.InputException when it cannot be written; the file is then as it was
   */
  public void append(String line) {
    append(line, () -> {});
  }

  /**
   * Writes a line down.
   *
   * @param force belongs to the writing: where it fails, the line is not there
   * @throws io.gnomon.config.InputException when it cannot be written; the file is then as it was
   */
  public void append(String line, Force force) {
    try {
      long end = channel.position();
      try {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(line);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        force.run();
      } catch (IOException e) {
        channel.truncate(end).position(end); // half a line would spoil the next
        throw e;
      }
    } catch (IOException e) {
      throw FileProblem.writing(file, e);
    }
  }
}

package io.gnomon.label;

import io.gnomon.checkpoint.FileProblem;
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
record WholeLines(Path file, SeekableByteChannel channel) {
  /**
   * Writes a line down.
   *
   * @throws io.gnomon.config.InputException when it cannot be written; the file is then as it was
   */
  void append(String line) {
    try {
      long end = channel.position();
      try {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(line);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      } catch (IOException e) {
        channel.truncate(end).position(end); // half a line would spoil the next
        throw e;
      }
    } catch (IOException e) {
      throw FileProblem.writing(file, e);
    }
  }
}

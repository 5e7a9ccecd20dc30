package io.gnomon.baseline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gnomon.checkpoint.FileProblem;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Texts that a teacher wrote, one JSON object a line, in batches of a fixed number of lines. A
 * batch is appended in one write and forced to the disk; of one that a killed process left
 * unfinished nothing counts, and the next to append cuts it off.
 */
final class WrittenTexts {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path file;
  private final int batch;
  private final List<Line> lines = new ArrayList<>();
  private long end;

  /**
   * One text.
   *
   * @param prompt what it was written behind
   * @param seconds its share of the time that its batch took
   * @param text without the prompt; blank where the model wrote none
   */
  record Line(String prompt, double seconds, String text) {}

  private WrittenTexts(Path file, int batch) {
    this.file = file;
    this.batch = batch;
  }

  /**
   * Opens what was written, which may be nothing; nothing is made on the disk.
   *
   * @param batch lines a batch
   * @throws InputException when a line is damaged
   */
  static WrittenTexts open(Path file, int batch) {
    WrittenTexts written = new WrittenTexts(file, batch);
    if (Files.isRegularFile(file)) {
      written.read();
    }
    return written;
  }

  private void read() {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    }
    List<Line> unfinished = new ArrayList<>();
    int start = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == '\n') {
        String text = new String(bytes, start, at - start, UTF_8);
        unfinished.add(parse(text, lines.size() + unfinished.size() + 1));
        start = at + 1;
      }
      if (unfinished.size() == batch) {
        lines.addAll(unfinished);
        unfinished.clear();
        end = start;
      }
    }
  }

  private Line parse(String text, int number) {
    try {
      JsonNode node = JSON.readTree(text);
      if (node.path("text").isString() && node.path("prompt").isString()) {
        double seconds = node.path("seconds").asDouble(0);
        return new Line(node.path("prompt").asString(), seconds, node.path("text").asString());
      }
    } catch (JacksonException e) {
      throw damaged(number, e);
    }
    throw damaged(number, null);
  }

  private InputException damaged(int number, @Nullable Exception cause) {
    String message =
        file
            + ":"
            + number
            + ": expected {\"prompt\": …, \"seconds\": …, \"text\": …}, found other text; delete the"
            + " file and the teacher writes anew";
    return cause == null ? new InputException(message) : new InputException(message, cause);
  }

  /** All texts of whole batches, blank ones too. */
  List<Line> lines() {
    return lines;
  }

  /** Whole batches that are here. */
  int batches() {
    return lines.size() / batch;
  }

  /**
   * Appends a batch.
   *
   * @throws InputException when it cannot be written; what is there stays whole
   */
  void append(List<Line> more) {
    if (more.size() != batch) {
      throw new IllegalArgumentException("a batch has " + batch + " lines, not " + more.size());
    }
    StringBuilder text = new StringBuilder();
    more.forEach(line -> text.append(JSON.writeValueAsString(line)).append('\n'));
    ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(UTF_8));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.truncate(end);
      long at = end;
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
      channel.force(true);
      end = at;
    } catch (IOException e) {
      throw FileProblem.writing(file, e);
    }
    lines.addAll(more);
  }
}

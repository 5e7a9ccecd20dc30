package io.gnomon.label;

import io.gnomon.config.InputException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The lines of a file of answers. */
final class AnswerLines {
  private static final String ASKED = "asked";

  private AnswerLines() {}

  /**
   * Reads them, one after the other.
   *
   * @param asked what the answers must be to
   * @return bytes of the whole lines: what a killed process left of the next is none
   * @throws InputException when a line is none of ours, or the answers are to something else
   */
  static long read(Path file, Map<String, String> asked, Consumer<KeptAnswer> answers)
      throws IOException {
    long bytes = 0;
    int number = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next != '\n') {
          line.write(next);
          continue;
        }
        JsonNode object = object(file, ++number, line.toString(StandardCharsets.UTF_8));
        if (number == 1) {
          require(file, asked, object.path(ASKED));
        } else {
          answers.accept(KeptAnswer.of(object));
        }
        bytes += line.size() + 1;
        line.reset();
      }
      if (number == 0 && !begun(line.toString(StandardCharsets.UTF_8))) {
        throw foreign(file, 1);
      }
    }
    return bytes;
  }

  /** Whether a lone, unfinished line is the beginning of ours. */
  private static boolean begun(String line) {
    String ours = "{\"" + ASKED + "\":";
    return ours.startsWith(line) || line.startsWith(ours);
  }

  private static JsonNode object(Path file, int number, String line) {
    try {
      JsonNode object = JsonMapper.shared().readTree(line);
      if (number == 1 ? object.path(ASKED).isObject() : object.path("text").isString()) {
        return object;
      }
    } catch (JacksonException e) {
      throw foreign(file, number);
    }
    throw foreign(file, number);
  }

  private static InputException foreign(Path file, int number) {
    return new InputException(
        "%s:%d: expected a line of kept answers, found another; mend or drop the line, or move the"
                .formatted(file, number)
            + " file away to ask anew");
  }

  static String header(Map<String, String> asked) {
    ObjectNode line = JsonMapper.shared().createObjectNode();
    ObjectNode all = line.putObject(ASKED);
    asked.forEach(all::put);
    return line + "\n";
  }

  private static void require(Path file, Map<String, String> now, JsonNode asked) {
    now.forEach(
        (name, value) -> {
          String then = asked.path(name).asString("none");
          if (!then.equals(value)) {
            throw new InputException(
                "%s: expected answers to the same question, found %s: %s, where %s is asked for; give another --out, or move the file away to ask anew"
                    .formatted(file, name, Shortened.of(then), Shortened.of(value)));
          }
        });
  }
}

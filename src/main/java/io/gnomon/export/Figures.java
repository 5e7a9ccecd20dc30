package io.gnomon.export;

import io.gnomon.checkpoint.FileProblem;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The final numbers of a run as rows of a table, with their intervals where they have one. */
final class Figures {
  private final JsonNode metrics;

  private Figures(JsonNode metrics) {
    this.metrics = metrics;
  }

  /** Reads metrics.json; without one there are no figures. */
  static Figures read(Path file) {
    if (!Files.isRegularFile(file)) {
      return new Figures(JsonMapper.shared().createObjectNode());
    }
    try {
      JsonNode root = JsonMapper.shared().readTree(Files.readString(file));
      return new Figures(root instanceof ObjectNode ? root : root.path(""));
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    } catch (JacksonException e) {
      throw new InputException(
          file + ": expected what 'gnomon run' wrote, found other text; run it again", e);
    }
  }

  /** Rows of Markdown, of what was measured. */
  List<String> rows() {
    List<String> rows = new ArrayList<>();
    share(rows, "accuracy on text", "student_accuracy");
    share(rows, "its teacher's", "teacher_accuracy");
    share(rows, "macro-F1", "macro_f1");
    share(rows, "micro-F1", "micro_f1");
    share(rows, "agreement with its teacher on text", "agreement_text");
    angle(rows, "angle to its teacher on text, α", "alpha_text");
    angle(rows, "a constant's, α₀", "alpha_text_floor");
    angle(rows, "angle on noise", "alpha");
    angle(rows, "a constant's", "alpha_floor");
    return rows;
  }

  private void share(List<String> rows, String name, String key) {
    row(rows, name, key, 100, "%.1f", " %");
  }

  private void angle(List<String> rows, String name, String key) {
    row(rows, name, key, 1, "%.4f", " rad");
  }

  private void row(
      List<String> rows, String name, String key, double factor, String format, String unit) {
    JsonNode node = metrics.path(key);
    JsonNode value = node.isObject() ? node.path("value") : node;
    if (!value.isNumber()) {
      return;
    }
    String interval =
        node.isObject()
            ? " [%s, %s]"
                .formatted(
                    number(node.path("low"), factor, format),
                    number(node.path("high"), factor, format))
            : "";
    rows.add("| " + name + " | " + number(value, factor, format) + unit + interval + " |");
  }

  private static String number(JsonNode node, double factor, String format) {
    return String.format(Locale.ROOT, format, factor * node.asDouble());
  }
}

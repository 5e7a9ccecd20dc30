package io.gnomon.grow;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.FileProblem;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Labels bought so far, as a labels file: a row a post with text, labels and who gave them. */
final class Bought {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Map<String, List<String>> labels = new LinkedHashMap<>();
  private final List<String> refused = new ArrayList<>();

  /** Labels by text, in the order in which they were bought. */
  Map<String, List<String>> labels() {
    return labels;
  }

  /** Whether a text was asked about. */
  boolean asked(String text) {
    return labels.containsKey(text) || refused.contains(text);
  }

  /** Adds a round: what came of {@code texts}. */
  void add(List<String> texts, Map<String, List<String>> answers) {
    for (String text : texts) {
      List<String> given = answers.get(text);
      if (given == null || given.isEmpty()) {
        refused.add(text);
      } else {
        labels.put(text, List.copyOf(given));
      }
    }
  }

  /** Writes all. */
  void write(Path file, String by) {
    StringBuilder lines = new StringBuilder();
    labels.forEach((text, given) -> lines.append(line(text, given, by)));
    refused.forEach(text -> lines.append(line(text, List.of(), by)));
    AtomicFiles.writeString(file, lines.toString());
  }

  private static String line(String text, List<String> given, String by) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("text", text);
    row.put("labels", given);
    row.put("by", by);
    return JSON.writeValueAsString(row) + "\n";
  }

  /** Reads what {@link #write} wrote. */
  static Bought read(Path file) {
    Bought bought = new Bought();
    try {
      for (String line : Files.readAllLines(file)) {
        JsonNode row = JSON.readTree(line);
        List<String> given = new ArrayList<>();
        row.path("labels").forEach(label -> given.add(label.asString()));
        String text = row.path("text").asString();
        bought.add(List.of(text), given.isEmpty() ? Map.of() : Map.of(text, given));
      }
      return bought;
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    } catch (JacksonException e) {
      throw new InputException(
          file + ": expected rows of JSON, found a broken one; remove its round's folder", e);
    }
  }

  /** Writes the rows that have labels, for training. */
  void writeTraining(Path file, String by) {
    StringBuilder lines = new StringBuilder();
    labels.forEach((text, given) -> lines.append(line(text, given, by)));
    AtomicFiles.writeString(file, lines.toString());
  }
}

package io.gnomon.serve;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code labels.json}: what a reader of the model's outputs must know. Thresholds and {@code
 * max_length} may be changed by hand; labels and type are the model's own.
 *
 * @param task name of the task
 * @param multiLabel whether a text may have several labels
 * @param labels K names, in the order of the outputs
 * @param thresholds smallest probability that gives a label, by label; a label without one has 0.5
 *     in a multi-label student, none in another
 * @param maxLength tokens read of a text, from its front
 * @param precision {@code fp32}, {@code fp16} or {@code int8}
 */
public record LabelFile(
    String task,
    boolean multiLabel,
    List<String> labels,
    Map<String, Double> thresholds,
    int maxLength,
    String precision) {
  /** The file's name. */
  public static final String NAME = "labels.json";

  private static final int FORMAT = 1;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public LabelFile {
    labels = List.copyOf(labels);
    thresholds = Collections.unmodifiableMap(new LinkedHashMap<>(thresholds));
  }

  /** The file's content. */
  public String json() {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("task", task);
    root.put("type", multiLabel ? StudentFile.MULTI_LABEL : StudentFile.SINGLE_LABEL);
    labels.forEach(root.putArray("labels")::add);
    if (!thresholds.isEmpty()) {
      ObjectNode object = root.putObject("thresholds");
      thresholds.forEach(object::put);
    }
    root.put("max_length", maxLength);
    root.put("precision", precision);
    return root.toPrettyString() + "\n";
  }

  /**
   * Reads the {@value #NAME} of a folder.
   *
   * @throws InputException when it is missing or says what cannot be
   */
  public static LabelFile read(Path folder) {
    Path file = folder.resolve(NAME);
    try {
      return new Fields(file, JSON.readTree(Files.readString(file, StandardCharsets.UTF_8))).read();
    } catch (IOException e) {
      throw ExportedFolder.missing(file, e);
    } catch (JacksonException e) {
      throw new InputException(
          file + ": expected JSON, found " + firstLine(e.getOriginalMessage()) + "; export again",
          e);
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("something else");
  }

  /** The fields of one file. */
  private record Fields(Path file, JsonNode root) {
    LabelFile read() {
      if (root.path("format").asInt(0) != FORMAT) {
        throw wrong("format", FORMAT + ", which this version reads", root.path("format"));
      }
      String type = text("type");
      boolean multiLabel = type.equals(StudentFile.MULTI_LABEL);
      if (!multiLabel && !type.equals(StudentFile.SINGLE_LABEL)) {
        throw wrong("type", "single-label or multi-label", root.path("type"));
      }
      List<String> labels = labels();
      return new LabelFile(
          text("task"), multiLabel, labels, thresholds(labels), maxLength(), text("precision"));
    }

    private List<String> labels() {
      JsonNode node = root.path("labels");
      List<String> labels = new ArrayList<>();
      node.forEach(label -> labels.add(label.asString("")));
      if (!node.isArray() || labels.isEmpty() || labels.contains("")) {
        throw wrong("labels", "a list of names", node);
      }
      return labels;
    }

    private Map<String, Double> thresholds(List<String> labels) {
      Map<String, Double> thresholds = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entry : root.path("thresholds").properties()) {
        double value = entry.getValue().asDouble(-1);
        if (!labels.contains(entry.getKey()) || !(value >= 0 && value <= 1)) {
          throw wrong(
              "thresholds." + entry.getKey(),
              "a probability for one of the labels",
              entry.getValue());
        }
        thresholds.put(entry.getKey(), value);
      }
      return thresholds;
    }

    private int maxLength() {
      JsonNode node = root.path("max_length");
      if (!node.isInt() || node.asInt() < 1) {
        throw wrong("max_length", "a whole number of at least 1", node);
      }
      return node.asInt();
    }

    private String text(String key) {
      JsonNode node = root.path(key);
      if (!node.isString()) {
        throw wrong(key, "a text", node);
      }
      return node.asString();
    }

    private InputException wrong(String key, String expected, JsonNode found) {
      return new InputException(
          "%s: %s: expected %s, found %s; mend it, or export again"
              .formatted(file, key, expected, found.isMissingNode() ? "none" : found));
    }
  }
}

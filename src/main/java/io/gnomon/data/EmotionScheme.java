package io.gnomon.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gnomon.config.DataConfig.GoEmotions.Grouping;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * How GoEmotions' label ids become classes: label names and mapping from the set's own files where
 * they lie beside the rows, else from {@link Emotions}.
 *
 * @param labels the 28 labels by id
 * @param groupOf label → class
 * @param classes the classes: by id for the labels themselves, else sorted by name
 */
record EmotionScheme(List<String> labels, Map<String, String> groupOf, List<String> classes) {

  /**
   * The scheme for the rows in {@code folder}; mappings lie there or, in the layout with {@code
   * original/}, one folder up.
   */
  static EmotionScheme of(Grouping grouping, Path folder) {
    List<String> labels =
        firstOf(folder, "labels.txt", "emotions.txt")
            .map(EmotionScheme::lines)
            .orElse(Emotions.LABELS);
    if (grouping == Grouping.ALL) {
      Map<String, String> same = new HashMap<>();
      labels.forEach(label -> same.put(label, label));
      return new EmotionScheme(labels, same, labels);
    }
    Path outer =
        folder.endsWith("original")
            ? Objects.requireNonNullElse(folder.getParent(), Path.of(""))
            : folder;
    Map<String, String> groupOf = groupOf(mapping(grouping, outer));
    return new EmotionScheme(
        labels, groupOf, groupOf.values().stream().distinct().sorted().toList());
  }

  /**
   * The distinct classes of a row, in class order.
   *
   * @param where the row's place, for messages
   * @param ids label ids joined by commas
   */
  List<String> classesOf(String where, String ids) {
    return Stream.of(ids.split(",", -1))
        .map(id -> classOf(where, id))
        .distinct()
        .sorted(Comparator.comparingInt(classes::indexOf))
        .toList();
  }

  private String classOf(String where, String id) {
    int index = id.matches("\\d{1,3}") ? Integer.parseInt(id) : -1;
    if (index < 0 || index >= labels.size()) {
      throw Problems.badRow(where, "label ids from 0 to " + (labels.size() - 1), "'" + id + "'");
    }
    String group = groupOf.get(labels.get(index));
    if (group == null) {
      throw new InputException(
          String.format(
              "%s: label '%s' is in no group of the mapping file; add it there",
              where, labels.get(index)));
    }
    return group;
  }

  private static Map<String, List<String>> mapping(Grouping grouping, Path folder) {
    return grouping == Grouping.EKMAN
        ? firstOf(folder, "ekman_mapping.json").map(EmotionScheme::json).orElse(Emotions.EKMAN)
        : firstOf(folder, "sentiment_mapping.json", "sentiment_dict.json")
            .map(EmotionScheme::json)
            .orElse(Emotions.SENTIMENT);
  }

  private static Map<String, String> groupOf(Map<String, List<String>> groups) {
    Map<String, String> groupOf = new HashMap<>();
    groups.forEach((group, members) -> members.forEach(label -> groupOf.put(label, group)));
    groupOf.put(Emotions.NEUTRAL, Emotions.NEUTRAL);
    return groupOf;
  }

  private static Optional<Path> firstOf(Path folder, String... names) {
    return Stream.of(names).map(folder::resolve).filter(Files::exists).findFirst();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readString(file, UTF_8).strip().lines().map(String::strip).toList();
    } catch (IOException e) {
      throw Problems.unreadable(file, e);
    }
  }

  private static Map<String, List<String>> json(Path file) {
    try {
      return JsonMapper.shared()
          .readValue(file.toFile(), new TypeReference<Map<String, List<String>>>() {});
    } catch (JacksonException e) {
      throw new InputException(
          file
              + ": expected a JSON object of group → list of labels, found something else;"
              + " restore the official file, or remove it to use the built-in grouping",
          e);
    }
  }
}

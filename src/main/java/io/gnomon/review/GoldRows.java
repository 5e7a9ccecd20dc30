package io.gnomon.review;

import io.gnomon.config.InputException;
import io.gnomon.data.TableRow;
import io.gnomon.inspect.LabelSet;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rows of a labelled set as lines of a gold file, and back.
 *
 * <p>A row is known by its columns {@code file} and {@code row}, or its number where it has none,
 * and by its text; by the text alone where the set has it once. Lines about other texts stay as
 * they are: a gold set may grow over several labelled sets.
 */
final class GoldRows implements GoldFile.Keys {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String FILE = "file";
  private static final String ROW = "row";
  private static final String LABELS = "labels";
  private static final String LABEL = "label";
  private static final String PROBABILITIES = "probabilities";
  private static final String BY = "by";
  private static final String PERSON = "person";
  private static final String FOREIGN = "+";
  private static final int SEVERAL = -1;

  private final LabelSet set;
  private final Path gold;
  private final String text;
  private final String label;
  private final Map<String, Integer> places = new HashMap<>();

  /** Text → the place of the one row that has it. */
  private final Map<String, Integer> byText = new HashMap<>();

  /**
   * Rows of a set.
   *
   * @param text column of the text
   * @param label column of the labels that a person's stand for
   */
  GoldRows(LabelSet set, Path gold, String text, String label) {
    this.set = set;
    this.gold = gold;
    this.text = text;
    this.label = label;
    for (int i = 0; i < set.size(); i++) {
      places.put(key(i), i);
      byText.merge(set.rows().get(i).text(), i, (one, other) -> SEVERAL);
    }
  }

  /** Column of the labels where a table did not say: as it is read. */
  static String labelColumn(LabelSet set) {
    return set.rows().get(0).columns().containsKey(LABELS) ? LABELS : LABEL;
  }

  /** The key of a row, by its place. */
  String key(int place) {
    TableRow row = set.rows().get(place);
    Map<String, JsonNode> columns = row.columns();
    JsonNode number = columns.get(ROW);
    JsonNode file = columns.get(FILE);
    return key(
        file == null ? "" : file.asString(""),
        number == null ? Integer.toString(row.number()) : number.asString(""),
        row.text());
  }

  private static String key(String file, String row, String text) {
    return "=" + file + "\0" + row + "\0" + text;
  }

  /** The place of the row with a key. */
  int place(String key) {
    Integer place = places.get(key);
    if (place == null) {
      throw new IllegalArgumentException("a key of no row");
    }
    return place;
  }

  /** A row with a person's labels. */
  String line(int place, List<String> labels) {
    TableRow row = set.rows().get(place);
    ObjectNode line = JSON.createObjectNode();
    if (!row.columns().containsKey(ROW)) {
      line.put(ROW, row.number());
    }
    row.columns()
        .forEach(
            (name, value) -> {
              if (!List.of(label, LABELS, PROBABILITIES, BY).contains(name)) {
                line.set(name, value);
              }
            });
    labels.forEach(line.putArray(LABELS)::add);
    line.put(BY, PERSON);
    return JSON.writeValueAsString(line);
  }

  @Override
  public String of(String line, int number) {
    JsonNode object = object(line, number);
    String own = object.path(text).asString("").strip();
    String exact = key(object.path(FILE).asString(""), object.path(ROW).asString(""), own);
    int alone = byText.getOrDefault(own, SEVERAL);
    if (!places.containsKey(exact) && alone == SEVERAL) {
      return FOREIGN + number;
    }
    labels(line).stream()
        .filter(name -> !set.names().choices().contains(name))
        .findFirst()
        .ifPresent(name -> refuse(number, name));
    return places.containsKey(exact) ? exact : key(alone);
  }

  @Override
  public boolean own(String key) {
    return !key.startsWith(FOREIGN);
  }

  private void refuse(int number, String label) {
    throw new InputException(
        "%s:%d: expected labels out of %s, found '%s'; mend or drop the line, or give another --gold"
            .formatted(gold, number, String.join(", ", set.names().choices()), label));
  }

  private JsonNode object(String line, int number) {
    try {
      JsonNode object = JSON.readTree(line);
      if (object.isObject() && object.path(LABELS).isArray()) {
        return object;
      }
    } catch (JacksonException e) {
      throw noGold(number);
    }
    throw noGold(number);
  }

  private InputException noGold(int number) {
    return new InputException(
        "%s:%d: expected a row with labels as JSON, found another line; mend or drop it, or give another --gold"
            .formatted(gold, number));
  }

  /** The labels of a line of ours. */
  static List<String> labels(String line) {
    return JSON.readTree(line).path(LABELS).valueStream().map(JsonNode::asString).toList();
  }
}

package io.gnomon.data;

import io.gnomon.config.DataConfig;
import io.gnomon.config.DataConfig.Split;
import io.gnomon.config.DataConfig.Table.Format;
import io.gnomon.config.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Tables read row by row as they stand, every column kept. A column {@code labels} is as {@code
 * gnomon label} and {@code gnomon tag} write it: a list, in CSV and TSV joined by a bar, with
 * {@code probabilities} and {@code by} beside it where there are some.
 */
public final class TableRows {
  private static final String LABELS = "labels";
  private static final String LABEL = "label";
  private static final String PROBABILITIES = "probabilities";
  private static final String BY = "by";
  private static final String BAR = "\\|";

  /**
   * What of a table is read.
   *
   * @param format null where the file's ending tells
   * @param text column of the text
   * @param label column of the labels; null for the usual ones: as {@code gnomon label} has it, or
   *     in the singular
   * @param bare whether a table may have neither, its rows then being without labels
   */
  public record Choice(@Nullable Format format, String text, @Nullable String label, boolean bare) {
    /** A table that has labels. */
    public Choice(@Nullable Format format, String text, @Nullable String label) {
      this(format, text, label, false);
    }
  }

  private final Choice choice;
  private final boolean barred;

  private TableRows(Choice choice, boolean barred) {
    this.choice = choice;
    this.barred = barred;
  }

  /**
   * Reads a file, or one that ships.
   *
   * @throws InputException in one line: a missing file or column, a line that is no row
   */
  public static List<TableRow> read(String path, Choice choice) {
    TableFile file = TableReader.locate(path);
    Format format =
        TableReader.format(
            new DataConfig.Table(path, Split.TEST, choice.text(), LABELS, choice.format(), ""));
    TableRows rows = new TableRows(choice, format == Format.CSV || format == Format.TSV);
    List<TableRow> read =
        switch (format) {
          case CSV -> rows.delimited(file, ',');
          case TSV -> rows.delimited(file, '\t');
          case JSONL -> rows.numbered(JsonLinesTable.each(file, TableRows::placed));
          case PARQUET -> rows.parquet(file);
        };
    if (read.isEmpty()) {
      throw new InputException(
          path + ": expected at least one row, found none; give a table that has some");
    }
    return read;
  }

  /** The rows of a set that has its own reader. */
  public static List<TableRow> of(LabelledSet set) {
    return IntStream.range(0, set.size()).mapToObj(i -> row(set, i)).toList();
  }

  private static TableRow row(LabelledSet set, int index) {
    LabelledText text = set.rows().get(index);
    Map<String, JsonNode> columns = new LinkedHashMap<>();
    columns.put("text", JsonNodeFactory.instance.stringNode(text.text()));
    columns.put(LABELS, JsonMapper.shared().valueToTree(text.labels()));
    List<String> labels = text.labels().stream().distinct().toList();
    return new TableRow(set.where(index), index + 1, text.text(), labels, List.of(), null, columns);
  }

  /** The columns of a row and its place. */
  private record Placed(String where, Map<String, JsonNode> columns) {}

  private static Placed placed(String where, JsonNode object) {
    Map<String, JsonNode> columns = new LinkedHashMap<>();
    object.properties().forEach(column -> columns.put(column.getKey(), column.getValue()));
    return new Placed(where, columns);
  }

  private List<TableRow> numbered(List<Placed> found) {
    return IntStream.range(0, found.size()).mapToObj(i -> row(found.get(i), i + 1)).toList();
  }

  private List<TableRow> parquet(TableFile file) {
    List<Map<String, JsonNode>> found = ParquetTable.objects(file);
    return IntStream.range(0, found.size())
        .mapToObj(i -> row(new Placed(file.path() + ", row " + (i + 1), found.get(i)), i + 1))
        .toList();
  }

  private List<TableRow> delimited(TableFile file, char separator) {
    List<DelimitedFile.Line> lines = DelimitedFile.read(file, separator);
    return lines.isEmpty()
        ? List.of()
        : numbered(lines.stream().skip(1).map(line -> placed(lines.get(0), line)).toList());
  }

  private static Placed placed(DelimitedFile.Line header, DelimitedFile.Line line) {
    List<String> names = header.fields();
    if (line.fields().size() != names.size()) {
      throw Problems.badRow(
          line.where(), names.size() + " columns as in the header", "" + line.fields().size());
    }
    Map<String, JsonNode> columns = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      columns.put(names.get(i), JsonNodeFactory.instance.stringNode(line.fields().get(i)));
    }
    return new Placed(line.where(), columns);
  }

  private TableRow row(Placed placed, int number) {
    JsonNode text = column(placed, choice.text());
    if (!text.isString() && !text.isNull()) {
      throw Problems.badRow(
          placed.where(), "a text under '" + choice.text() + "'", "" + text.getNodeType());
    }
    List<String> labels = labels(placed);
    JsonNode by = placed.columns().get(BY);
    return new TableRow(
        placed.where(),
        number,
        text.asString("").strip(),
        labels,
        probabilities(placed, labels.size()),
        by == null || !by.isString() || by.asString().isBlank() ? null : by.asString(),
        placed.columns());
  }

  private List<String> labels(Placed placed) {
    String name = labelColumn(placed);
    if (choice.bare() && choice.label() == null && !placed.columns().containsKey(name)) {
      return List.of();
    }
    return labels(placed.where(), column(placed, name), name.equals(LABELS)).stream()
        .distinct()
        .toList();
  }

  private String labelColumn(Placed placed) {
    if (choice.label() != null) {
      return choice.label();
    }
    return placed.columns().containsKey(LABELS) ? LABELS : LABEL;
  }

  private static JsonNode column(Placed placed, String name) {
    JsonNode found = placed.columns().get(name);
    if (found == null) {
      throw new InputException(
          "%s: expected a column '%s', found %s; name the right ones with --text and --label"
              .formatted(placed.where(), name, String.join(", ", placed.columns().keySet())));
    }
    return found;
  }

  private List<String> labels(String where, JsonNode node, boolean several) {
    List<String> labels = new ArrayList<>();
    for (JsonNode element : node.isArray() ? node : List.of(node)) {
      if (!element.isValueNode()) {
        throw Problems.badRow(where, "a label or a list of labels", "" + element.getNodeType());
      }
      String label = element.isNull() ? "" : element.asString();
      Stream<String> names =
          barred && several ? Arrays.stream(label.split(BAR, -1)) : Stream.of(label);
      names.map(String::strip).filter(name -> !name.isEmpty()).forEach(labels::add);
    }
    return labels;
  }

  /** Of another number than the labels they are not theirs, and none are read. */
  private List<Double> probabilities(Placed placed, int labels) {
    JsonNode node = placed.columns().get(PROBABILITIES);
    List<Double> found = new ArrayList<>();
    if (node != null && node.isArray()) {
      node.forEach(element -> found.add(element.asDouble(Double.NaN)));
    } else if (node != null && node.isString() && barred) {
      Stream.of(node.asString().split(BAR, -1)).forEach(part -> found.add(number(part)));
    }
    boolean valid = found.stream().allMatch(p -> p >= 0 && p <= 1);
    return valid && found.size() == labels ? found : List.of();
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}

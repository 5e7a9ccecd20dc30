package io.gnomon.data;

import io.gnomon.config.InputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** A labelled set in memory: its rows in the order of its files, its classes in official order. */
public final class LabelledSet {
  private final SetInfo info;
  private final List<String> classes;
  private final List<Row> rows;
  private final List<LabelledText> texts;

  private LabelledSet(SetInfo info, List<String> classes, List<Row> rows) {
    this.info = info;
    this.classes = List.copyOf(classes);
    this.rows = List.copyOf(rows);
    this.texts = rows.stream().map(Row::text).toList();
  }

  /** A set that readers made; one without rows is refused. */
  static LabelledSet ofRows(SetInfo info, List<String> classes, List<Row> rows) {
    if (rows.isEmpty()) {
      throw new InputException(
          info.name()
              + " ("
              + info.source()
              + "): expected at least one labelled text, found no rows; give a set that has some");
    }
    return new LabelledSet(info, classes, rows);
  }

  /**
   * A set from texts in memory; messages name its rows from 1.
   *
   * @throws InputException when there is no text
   */
  public static LabelledSet of(SetInfo info, List<String> classes, List<LabelledText> texts) {
    List<Row> rows =
        IntStream.range(0, texts.size())
            .mapToObj(i -> new Row(info.name() + ", row " + (i + 1), texts.get(i)))
            .toList();
    return ofRows(info, classes, rows);
  }

  /** Name, licence and source. */
  public SetInfo info() {
    return info;
  }

  /** Name of the set, with its part and grouping. */
  public String name() {
    return info.name();
  }

  /** The terms the set is had under, in a few words. */
  public String licence() {
    return info.licence();
  }

  /** Where the set is had from, or the file it was read from. */
  public String source() {
    return info.source();
  }

  /** The set's own class names; sorted where the set has no official order. */
  public List<String> classes() {
    return classes;
  }

  /** The texts with their labels. */
  public List<LabelledText> rows() {
    return texts;
  }

  /** Number of rows. */
  public int size() {
    return rows.size();
  }

  /** Where row {@code index} was read: {@code file:line}, an archive's entry or a row number. */
  public String where(int index) {
    return rows.get(index).where();
  }

  /**
   * At most {@code n} rows, each class in its share of the set, drawn by a fixed seed. (The first n
   * rows would not do: IMDB's archive is ordered by class.) The rows are the first n of one fixed
   * order, so that {@code limit(100)} is within {@code limit(200)}; the set itself when n is no
   * less than its size.
   *
   * @throws IllegalArgumentException when n is not positive
   */
  public LabelledSet limit(int n) {
    if (n <= 0) {
      throw new IllegalArgumentException("limit must be positive, was " + n);
    }
    if (n >= rows.size()) {
      return this;
    }
    return new LabelledSet(info, classes, StratifiedOrder.of(rows).subList(0, n));
  }

  /**
   * The rows that have one label, for what cannot judge several.
   *
   * @throws InputException when none has
   */
  public LabelledSet withOneLabel() {
    return ofRows(
        info, classes, rows.stream().filter(row -> row.text().labels().size() == 1).toList());
  }

  /**
   * Each row's class as an index into the task's classes, compared without regard to case.
   *
   * @throws InputException naming the place, the label and the allowed ones, when a label is not
   *     among the task's classes or a row has several labels
   */
  public int[] classIndices(List<String> taskClasses) {
    Map<String, Integer> index = index(taskClasses);
    return rows.stream().mapToInt(row -> classIndex(row, index, taskClasses)).toArray();
  }

  /**
   * Which of the task's classes each row has, compared without regard to case.
   *
   * @return (N, K); every row has at least one
   * @throws InputException naming the place, the label and the allowed ones, when a label is not
   *     among the task's classes
   */
  public boolean[][] classIndicators(List<String> taskClasses) {
    Map<String, Integer> index = index(taskClasses);
    boolean[][] indicators = new boolean[rows.size()][taskClasses.size()];
    for (int i = 0; i < indicators.length; i++) {
      for (String label : rows.get(i).text().labels()) {
        indicators[i][find(rows.get(i), label, index, taskClasses)] = true;
      }
    }
    return indicators;
  }

  private static Map<String, Integer> index(List<String> taskClasses) {
    Map<String, Integer> index = new HashMap<>();
    for (int k = 0; k < taskClasses.size(); k++) {
      index.put(folded(taskClasses.get(k)), k);
    }
    return index;
  }

  private static int classIndex(Row row, Map<String, Integer> index, List<String> allowed) {
    List<String> labels = row.text().labels();
    if (labels.size() > 1) {
      throw new InputException(
          String.format(
              "%s: has %d labels (%s), expected one: read rows of one label, such as GoEmotions"
                  + " with grouping: binary",
              row.where(), labels.size(), String.join(", ", labels)));
    }
    return find(row, labels.get(0), index, allowed);
  }

  private static int find(Row row, String label, Map<String, Integer> index, List<String> allowed) {
    Integer k = index.get(folded(label));
    if (k == null) {
      throw new InputException(
          String.format(
              "%s: label '%s' is not a class of the task, allowed: %s; add the class to the task"
                  + " or drop the row",
              row.where(), label, String.join(", ", allowed)));
    }
    return k;
  }

  private static String folded(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  /** Sorted distinct labels: the classes of a set that declares none. */
  static List<String> distinctLabels(List<Row> rows) {
    return new ArrayList<>(
        rows.stream().flatMap(row -> row.text().labels().stream()).distinct().sorted().toList());
  }
}

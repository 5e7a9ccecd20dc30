package io.gnomon.inspect;

import io.gnomon.data.TableRow;
import java.util.Arrays;
import java.util.List;

/** A set as it is looked at: rows, each with the places of its labels. */
public final class LabelSet {
  private final String name;
  private final LabelNames names;
  private final List<TableRow> rows;
  private final boolean several;
  private final int[][] labels;

  /**
   * A set.
   *
   * @param name as messages have it: a file, or a task's part
   * @param names labels that include those of the rows
   * @param several whether a text may have several labels; where no task says it, it may as well
   *     where one of these has
   */
  public LabelSet(String name, LabelNames names, List<TableRow> rows, boolean several) {
    this.name = name;
    this.names = names;
    this.rows = List.copyOf(rows);
    this.several =
        several || (!names.closed() && rows.stream().anyMatch(row -> row.labels().size() > 1));
    this.labels = rows.stream().map(row -> places(names, row)).toArray(int[][]::new);
  }

  private static int[] places(LabelNames names, TableRow row) {
    return row.labels().stream().mapToInt(names::indexOf).distinct().sorted().toArray();
  }

  /** As messages have it. */
  public String name() {
    return name;
  }

  /** The labels of this and of what is looked at with it. */
  public LabelNames names() {
    return names;
  }

  /** The rows in their order. */
  public List<TableRow> rows() {
    return rows;
  }

  /** Number of rows. */
  public int size() {
    return rows.size();
  }

  /** Whether a text may have several labels. */
  public boolean several() {
    return several;
  }

  TableRow row(int index) {
    return rows.get(index);
  }

  String text(int index) {
    return rows.get(index).text();
  }

  /** Places of the labels of a row, rising; not to be changed. */
  int[] labels(int index) {
    return labels[index];
  }

  /** Names of the labels of a row, in the order of the list. */
  public List<String> namesOf(int index) {
    return Arrays.stream(labels[index]).mapToObj(names::name).toList();
  }

  /** Rows that have each label. */
  int[] counts() {
    int[] counts = new int[names.size()];
    for (int[] row : labels) {
      for (int k : row) {
        counts[k]++;
      }
    }
    return counts;
  }
}

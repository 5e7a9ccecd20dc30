package io.gnomon.inspect;

import io.gnomon.config.TaskConfig;
import io.gnomon.data.TableRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The labels of all sets that are looked at together, in one order.
 *
 * <p>A task's labels come first, in its order and spelling, and are found whatever their case; what
 * else occurs follows, sorted, in the spelling that comes first. Without a task the labels are
 * those that occur.
 */
public final class LabelNames {
  private final List<String> names;
  private final int listed;
  private final boolean closed;
  private final Map<String, Integer> index = new HashMap<>();

  private LabelNames(List<String> names, int listed, boolean closed) {
    this.names = List.copyOf(names);
    this.listed = listed;
    this.closed = closed;
    for (int k = 0; k < names.size(); k++) {
      index.put(key(names.get(k)), k);
    }
  }

  /**
   * The labels of a task and of rows.
   *
   * @param task null where the labels are not a closed list
   */
  public static LabelNames of(@Nullable TaskConfig task, List<List<TableRow>> sets) {
    List<String> names = new ArrayList<>(task == null ? List.of() : task.classes().keySet());
    LabelNames known = new LabelNames(names, names.size(), task != null);
    TreeMap<String, String> others = new TreeMap<>();
    for (List<TableRow> rows : sets) {
      for (TableRow row : rows) {
        row.labels().stream()
            .filter(label -> !known.has(label))
            .forEach(label -> others.putIfAbsent(known.key(label), label));
      }
    }
    names.addAll(others.values());
    return new LabelNames(names, task == null ? names.size() : known.listed, task != null);
  }

  private boolean has(String label) {
    return index.containsKey(key(label));
  }

  private String key(String label) {
    return closed ? label.strip().toLowerCase(Locale.ROOT) : label;
  }

  /** All of them. */
  public List<String> names() {
    return names;
  }

  /** Those that a person may choose: the task's where there is one, else all. */
  public List<String> choices() {
    return names.subList(0, listed);
  }

  /** Whether a task says which labels there are. */
  boolean closed() {
    return closed;
  }

  int size() {
    return names.size();
  }

  String name(int k) {
    return names.get(k);
  }

  /** Whether label {@code k} is none of the task's. */
  boolean outside(int k) {
    return k >= listed;
  }

  /** A label that occurs, as the list spells it. */
  public String spelled(String label) {
    return names.get(indexOf(label));
  }

  /** The place of a label that occurs. */
  public int indexOf(String label) {
    Integer found = index.get(key(label));
    if (found == null) {
      throw new IllegalArgumentException("a label of none of the sets: " + label);
    }
    return found;
  }
}

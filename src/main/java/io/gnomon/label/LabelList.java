package io.gnomon.label;

import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The closed list that labels come from, and how many of them a text is given.
 *
 * @param meanings label → what says more about it: its words, or its phrase
 * @param several whether a text may have several
 * @param least labels of a text, at least one
 * @param most labels of a text
 */
public record LabelList(Map<String, List<String>> meanings, boolean several, int least, int most) {
  /** Keeps the order. */
  public LabelList {
    meanings = new LinkedHashMap<>(meanings);
  }

  /**
   * The list of a task.
   *
   * @param least null for 1
   * @param most null for as many as a text of the task may have
   * @throws InputException when the numbers do not fit the task
   */
  public static LabelList of(TaskConfig task, @Nullable Integer least, @Nullable Integer most) {
    int all = task.multiLabel() ? task.classes().size() : 1;
    int from = least == null ? 1 : least;
    int to = most == null ? all : most;
    if (from < 1 || to > all || from > to) {
      throw new InputException(
          "--least, --most: expected 1 or more, and no more than %s, found %d and %d; give %s"
              .formatted(
                  task.multiLabel()
                      ? "the %d labels of task %s".formatted(all, task.name())
                      : "the one label that a text of task " + task.name() + " has",
                  from,
                  to,
                  task.multiLabel() ? "--least 1 --most " + all : "neither"));
    }
    return new LabelList(task.classes(), task.multiLabel(), from, to);
  }

  /** The labels in the task's order. */
  public List<String> labels() {
    return List.copyOf(meanings.keySet());
  }

  /** How many a text is given, in words. */
  String count() {
    if (least == most) {
      return least == 1 ? "one label" : least + " labels";
    }
    return least + " to " + most + " labels";
  }

  /** The label that is meant, whatever its case. */
  Optional<String> find(String name) {
    String folded = name.strip().toLowerCase(Locale.ROOT);
    return meanings.keySet().stream()
        .filter(label -> label.toLowerCase(Locale.ROOT).equals(folded))
        .findFirst();
  }

  /** Checks names that a model gave: labels, none twice, in the order given. */
  Verdict judge(List<String> names) {
    LinkedHashSet<String> found = new LinkedHashSet<>();
    List<String> invented = new ArrayList<>();
    for (String name : names) {
      find(name).ifPresentOrElse(found::add, () -> invented.add("'" + Shortened.of(name) + "'"));
    }
    if (!invented.isEmpty()) {
      return new Verdict.Outside(
          "expected labels of the list, found " + String.join(", ", invented));
    }
    return found.size() < least || found.size() > most
        ? new Verdict.Outside("expected " + count() + ", found " + found.size())
        : new Verdict.Labels(List.copyOf(found));
  }
}

package io.gnomon.config;

import io.gnomon.config.ApproachConfig.Classical.Features;
import io.gnomon.config.ApproachConfig.Classical.Learner;
import io.gnomon.config.Checks.Fields;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks of a suite, without its experiment. */
final class SuiteChecks {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._+-]{0,99}";
  private static final String NAMES =
      "at most 100 letters, digits, '-', '_', '+' and '.', a letter or digit first; it names a"
          + " folder";

  private SuiteChecks() {}

  static void tasks(Fields fields) {
    List<?> tasks = fields.get("tasks", List.class);
    if (tasks == null) {
      return;
    }
    atLeastOne(fields, "tasks", tasks.isEmpty(), "task");
    Set<String> names = new HashSet<>();
    for (int i = 0; i < tasks.size(); i++) {
      task(fields, "tasks." + i, (TaskConfig) tasks.get(i), names);
    }
  }

  private static void task(Fields fields, String path, TaskConfig task, Set<String> names) {
    if (!task.name().matches(NAME)) {
      fields.report(path + ".name", "the text '" + task.name() + "'", NAMES, null);
    }
    if (!names.add(task.name())) {
      fields.report(path, "a second task named '" + task.name() + "'", "names that differ", null);
    }
    if (task.data() == null) {
      fields.report(path, "task '" + task.name() + "' without data", "a task with data", null);
    }
  }

  static void seeds(Fields fields) {
    List<?> seeds = fields.get("seeds", List.class);
    if (seeds != null) {
      atLeastOne(fields, "seeds", seeds.isEmpty(), "seed");
      if (new HashSet<>(seeds).size() < seeds.size()) {
        fields.report("seeds", "a seed given twice", "each seed once", null);
      }
    }
  }

  static void taskSet(Fields fields) {
    List<?> tasks = fields.get("tasks", List.class);
    Map<?, ?> sets = fields.get("task_set", Map.class);
    if (tasks == null || sets == null) {
      return;
    }
    List<String> names = tasks.stream().map(task -> ((TaskConfig) task).name()).toList();
    for (Object name : sets.keySet()) {
      if (!names.contains(name.toString())) {
        fields.report(
            "task_set." + name,
            "the task '" + name + "'",
            "tasks of this suite: " + String.join(", ", names),
            Nearest.of(name.toString(), names));
      }
    }
  }

  static void approaches(Fields fields) {
    Map<?, ?> approaches = fields.get("approaches", Map.class);
    if (approaches == null) {
      return;
    }
    atLeastOne(fields, "approaches", approaches.isEmpty(), "approach");
    for (Object name : approaches.keySet()) {
      if (!name.toString().matches(NAME)) {
        fields.report("approaches." + name, "the name '" + name + "'", NAMES, null);
      }
    }
    approaches.forEach((name, kind) -> classical(fields, "approaches." + name, kind));
    requireFloors(fields, approaches);
  }

  /** A hidden layer on 2²⁰ hashed columns would have more weights than memory has room for. */
  private static void classical(Fields fields, String path, Object kind) {
    if (kind instanceof ApproachConfig.Classical it
        && it.features() == Features.TWO_GRAM
        && it.learner() == Learner.MLP) {
      String allowed = "embeddings or tf-idf beside mlp, or another learner";
      fields.report(path + ".features", "two-gram beside learner: mlp", allowed, null);
    }
  }

  /** Every table shows what it is measured against. */
  private static void requireFloors(Fields fields, Map<?, ?> approaches) {
    for (Class<?> kind : List.of(ApproachConfig.Teacher.class, ApproachConfig.Constant.class)) {
      if (!approaches.isEmpty() && approaches.values().stream().noneMatch(kind::isInstance)) {
        String name = Shape.kind(kind).value();
        fields.report(
            "approaches",
            "none of kind " + name,
            "a teacher and a constant among them, which every table is measured against",
            null);
      }
    }
  }

  private static void atLeastOne(Fields fields, String key, boolean empty, String what) {
    if (empty) {
      fields.report(key, "nothing in it", "at least one " + what, null);
    }
  }
}

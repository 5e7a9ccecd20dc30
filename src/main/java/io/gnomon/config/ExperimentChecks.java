package io.gnomon.config;

import io.gnomon.config.Checks.Fields;
import io.gnomon.config.ObjectiveConfig.ComponentConfig.OneClass;
import java.util.List;
import java.util.Map;

/** Checks of an experiment across its parts. */
final class ExperimentChecks {
  private ExperimentChecks() {}

  static void component(Fields fields) {
    OneClass component = fields.get("objective.component", OneClass.class);
    Map<?, ?> classes = fields.get("task.classes", Map.class);
    if (component != null
        && fields.get("task.type", TaskConfig.Type.class) == TaskConfig.Type.MULTI_LABEL) {
      String found = "one class alone beside a multi-label task";
      String allowed = "simplex: all labels of a multi-label task are projected jointly";
      fields.report("objective.component", found, allowed, "simplex");
    } else if (component != null && classes != null && !classes.containsKey(component.name())) {
      List<String> names = classes.keySet().stream().map(String::valueOf).toList();
      String near = Nearest.of(component.name(), names);
      String found = "class '" + component.name() + "', which task.classes does not have";
      fields.report("objective.component.name", found, String.join(", ", names), near);
    }
  }

  static void positions(Fields fields) {
    longest(fields, "sampler.length.max");
    longest(fields, "trace.text.max_length");
  }

  private static void longest(Fields fields, String key) {
    Integer length = fields.integer(key);
    Integer positions = fields.integer("student.max_positions");
    if (length != null && positions != null && length + 1 > positions) {
      String allowed =
          "at most student.max_positions − 1 = " + (positions - 1) + ", for the start vector";
      fields.report(key, length + " vectors", allowed, Integer.toString(positions - 1));
    }
  }

  static void evaluation(Fields fields) {
    TraceConfig trace = fields.get("trace", TraceConfig.class);
    TaskConfig task = fields.get("task", TaskConfig.class);
    if (trace != null && trace.text() != null && task != null && task.data() == null) {
      String allowed = "only beside task.data, the labelled set to measure on";
      fields.report("trace.text", "a trace on text without a text set", allowed, null);
    }
  }
}

package io.gnomon.config;

import io.gnomon.config.Checks.Fields;
import io.gnomon.config.MethodConfig.Lora;
import java.nio.file.Path;
import java.util.List;

/** Checks of a teacher to be made. */
final class TeachChecks {
  private TeachChecks() {}

  static void lessons(Fields fields) {
    List<?> lessons = fields.get("lessons", List.class);
    if (lessons != null && lessons.isEmpty()) {
      fields.report("lessons", "an empty list", "at least one lesson", null);
    }
  }

  static void start(Fields fields) {
    String from = fields.text("from");
    if (from != null && !PartChecks.embedded(fields, "from", from, Embedded.TEACHERS)) {
      PartChecks.folder(fields, "from", from);
    }
  }

  static void output(Fields fields) {
    String from = fields.text("from");
    String output = fields.text("output");
    if (from != null && output != null && sameFolder(from, output)) {
      String allowed = "another folder than 'from', whose model would be overwritten";
      fields.report("output", "the folder '" + output + "'", allowed, null);
    }
  }

  private static boolean sameFolder(String one, String other) {
    return one.indexOf('\0') < 0
        && other.indexOf('\0') < 0
        && Path.of(one)
            .toAbsolutePath()
            .normalize()
            .equals(Path.of(other).toAbsolutePath().normalize());
  }

  static void method(Fields fields) {
    Lora lora = fields.get("method", Lora.class);
    if (lora == null) {
      return;
    }
    if (fields.text("from") == null && !fields.written("from")) {
      String allowed = "kind: full for a new model; kind: lora adapts the one that 'from' names";
      fields.report("method", "kind: lora without 'from'", allowed, null);
    }
    if (lora.targets().isEmpty()) {
      fields.report("method.targets", "an empty list", "at least one matrix", null);
    }
    for (int i = 0; i < lora.targets().size(); i++) {
      target(fields, lora.targets(), i);
    }
  }

  private static void target(Fields fields, List<String> targets, int index) {
    String target = targets.get(index);
    String key = "method.targets." + index;
    if (!Lora.MATRICES.contains(target)) {
      String allowed = String.join(", ", Lora.MATRICES);
      fields.report(key, "the text '" + target + "'", allowed, Nearest.of(target, Lora.MATRICES));
    } else if (targets.indexOf(target) < index) {
      fields.report(key, "the matrix '" + target + "' again", "each matrix once", null);
    }
  }

  static void keyValueHeads(Fields fields) {
    Integer heads = fields.integer("heads");
    Integer shared = fields.integer("key_value_heads");
    if (heads != null && shared != null && heads % shared != 0) {
      String allowed = "a divisor of heads = " + heads;
      fields.report(
          "key_value_heads", shared.toString(), allowed, PartChecks.divisor(heads, shared));
    }
  }
}

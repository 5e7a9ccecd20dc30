package io.gnomon.config;

import io.gnomon.config.Checks.Fields;
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
    if (from != null) {
      PartChecks.folder(fields, "from", from);
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

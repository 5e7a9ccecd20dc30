package io.gnomon.config;

import io.gnomon.config.Checks.Fields;
import io.gnomon.config.TaskConfig.AnswersConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks of what a multi-label task has and a single-label one has not: {label} and answers. */
final class LabelChecks {
  private static final String TAKES_NONE =
      "no " + TaskConfig.LABEL + " in a single-label task, whose suffix is one for all classes";

  private LabelChecks() {}

  static void placeholder(Fields fields) {
    TaskConfig.Type type = fields.get("type", TaskConfig.Type.class);
    if (type == TaskConfig.Type.SINGLE_LABEL) {
      none(fields, "prompt.prefix", TAKES_NONE);
      none(fields, "prompt.suffix", TAKES_NONE);
    } else if (type == TaskConfig.Type.MULTI_LABEL) {
      none(
          fields, "prompt.prefix", "no " + TaskConfig.LABEL + ": the prefix is one for all labels");
      once(fields);
    }
  }

  private static void none(Fields fields, String key, String allowed) {
    String text = fields.text(key);
    if (text != null && count(text) > 0) {
      fields.report(key, "a text with " + TaskConfig.LABEL, allowed, null);
    }
  }

  private static void once(Fields fields) {
    String suffix = fields.text("prompt.suffix");
    if (suffix != null && count(suffix) != 1) {
      String found = "a text with " + TaskConfig.LABEL + " " + count(suffix) + " times";
      String allowed = TaskConfig.LABEL + " once, where a label's phrase is to stand";
      fields.report("prompt.suffix", found, allowed, null);
    }
  }

  private static int count(String text) {
    int count = 0;
    for (int at = text.indexOf(TaskConfig.LABEL); at >= 0; count++) {
      at = text.indexOf(TaskConfig.LABEL, at + TaskConfig.LABEL.length());
    }
    return count;
  }

  static void answers(Fields fields) {
    TaskConfig.Type type = fields.get("type", TaskConfig.Type.class);
    boolean written = fields.written("answers");
    if (type == TaskConfig.Type.SINGLE_LABEL && written) {
      String allowed = "only beside type: multi-label; a single-label task's words are in classes";
      fields.report("answers", "words for yes and no", allowed, null);
    } else if (type == TaskConfig.Type.MULTI_LABEL && !written) {
      String allowed = "yes and no, the words that answer for a label and against it";
      fields.report("answers", "missing key", allowed, null);
    }
    AnswersConfig answers = fields.get("answers", AnswersConfig.class);
    if (type == TaskConfig.Type.MULTI_LABEL && answers != null) {
      Map<String, String> owners = new HashMap<>();
      TaskChecks.words(fields, "answers.yes", answers.yes(), owners);
      TaskChecks.words(fields, "answers.no", answers.no(), owners);
    }
  }

  /** The phrases of a multi-label task: one a label, no two alike. */
  static void phrases(Fields fields, Map<?, ?> classes) {
    Map<String, String> owners = new HashMap<>();
    classes.forEach(
        (name, phrases) -> phrase(fields, "classes." + name, (List<?>) phrases, owners));
  }

  private static void phrase(
      Fields fields, String path, List<?> phrases, Map<String, String> owners) {
    if (phrases.size() != 1) {
      String allowed = "one, which stands for " + TaskConfig.LABEL + " in the suffix";
      fields.report(path, phrases.size() + " phrases", allowed, null);
      return;
    }
    String phrase = phrases.get(0).toString();
    if (phrase.isBlank() || !phrase.equals(phrase.strip())) {
      String allowed = "a phrase without blanks around it; it stands in the suffix";
      String near = phrase.isBlank() ? null : phrase.strip();
      fields.report(path + ".0", "the text '" + phrase + "'", allowed, near);
    }
    String owner = owners.putIfAbsent(phrase.strip(), path);
    if (owner != null) {
      String found = "the phrase '" + phrase + "', which " + owner + " has already";
      fields.report(path + ".0", found, "each phrase once: they would be one question", null);
    }
  }
}

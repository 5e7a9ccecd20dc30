package io.gnomon.config;

import io.gnomon.config.Checks.Fields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks of a task's classes and words, as far as they need no tokenizer. */
final class TaskChecks {
  private TaskChecks() {}

  static void classes(Fields fields) {
    Map<?, ?> classes = fields.get("classes", Map.class);
    if (classes == null) {
      return;
    }
    if (classes.size() < 2) {
      fields.report("classes", classes.size() + " classes", "two classes or more", null);
    }
    if (classes.keySet().stream().anyMatch(name -> name.toString().isBlank())) {
      fields.report("classes", "a class without a name", "a name for each class", null);
    }
  }

  static void words(Fields fields) {
    Map<?, ?> classes = fields.get("classes", Map.class);
    TaskConfig.Type type = fields.get("type", TaskConfig.Type.class);
    if (classes != null && type == TaskConfig.Type.MULTI_LABEL) {
      LabelChecks.phrases(fields, classes);
    } else if (classes != null && type == TaskConfig.Type.SINGLE_LABEL) {
      Map<String, String> owners = new HashMap<>();
      classes.forEach((name, words) -> words(fields, "classes." + name, (List<?>) words, owners));
    }
  }

  /**
   * Reports what is wrong with the words of a class.
   *
   * @param owners word → path of the class that lists it, of the classes so far
   */
  static void words(Fields fields, String path, List<?> words, Map<String, String> owners) {
    if (words.isEmpty()) {
      fields.report(path, "an empty list", "at least one label word", null);
    }
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i).toString();
      String here = path + "." + i;
      if (word.isBlank() || !word.equals(word.strip())) {
        String allowed = "a word without blanks around it; it follows the suffix behind one space";
        fields.report(
            here, "the text '" + word + "'", allowed, word.isBlank() ? null : word.strip());
      }
      String owner = owners.putIfAbsent(word.strip(), path);
      if (owner != null) {
        String found = "the word '" + word + "', which " + owner + " lists already";
        fields.report(here, found, "each word once", null);
      }
    }
  }
}

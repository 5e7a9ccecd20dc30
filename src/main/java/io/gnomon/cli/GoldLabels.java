package io.gnomon.cli;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.FileProblem;
import io.gnomon.config.DataConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.data.LabelledSets;
import io.gnomon.data.LabelledText;
import io.gnomon.grow.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Labels that a person gave, in a labels file. */
record GoldLabels(String by, Map<String, List<String>> labels) implements Labels {
  /** Before the file, as --with has it. */
  static final String PREFIX = "gold:";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * The labels of a file, none where there is no such file yet.
   *
   * @throws InputException when it has a label that the task has not
   */
  static GoldLabels of(String with, TaskConfig task) {
    Path file = Path.of(with.substring(PREFIX.length()));
    Map<String, List<String>> labels = new LinkedHashMap<>();
    if (begun(file)) {
      DataConfig table =
          new DataConfig.Table(
              file.toString(), DataConfig.Split.TRAIN, "text", "labels", null, "unknown");
      LabelledSet set = LabelledSets.read(table);
      List<String> classes = List.copyOf(task.classes().keySet());
      if (task.multiLabel()) {
        set.classIndicators(classes);
      } else {
        set.classIndices(classes); // refuses a row of several
      }
      for (LabelledText row : set.rows()) {
        labels.put(row.text(), List.copyOf(row.labels()));
      }
    }
    return new GoldLabels("person", labels);
  }

  /** Whether anything is in it: a review that was ended at once leaves an empty file. */
  private static boolean begun(Path file) {
    try {
      return Files.isRegularFile(file) && Files.size(file) > 0;
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    }
  }

  @Override
  public Map<String, List<String>> of(List<String> texts) {
    List<String> open = texts.stream().filter(text -> !labels.containsKey(text)).toList();
    if (!open.isEmpty()) {
      throw new Missing(open);
    }
    Map<String, List<String>> found = new LinkedHashMap<>();
    texts.forEach(text -> found.put(text, labels.getOrDefault(text, List.of())));
    return found;
  }

  /** Writes posts that somebody is to label, a row each. */
  static void want(List<String> texts, Path file) {
    StringBuilder lines = new StringBuilder();
    texts.forEach(text -> lines.append(JSON.writeValueAsString(Map.of("text", text))).append('\n'));
    AtomicFiles.writeString(file, lines.toString());
  }
}

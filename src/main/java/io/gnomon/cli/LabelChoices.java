package io.gnomon.cli;

import io.gnomon.config.CalibrationConfig;
import io.gnomon.config.ConfigLoader;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.label.LabelList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code gnomon label} that say which labels a text is given. */
final class LabelChoices {
  @Option(
      names = "--task",
      paramLabel = "TASK",
      required = true,
      description = "The closed list of labels: a file, or a name such as tasks/interests-20.")
  private String task = "";

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Override one key of the task.")
  private List<String> sets = new ArrayList<>();

  @Option(
      names = "--least",
      paramLabel = "N",
      description = "Where a text may have several: no fewer labels; 1 unless given.")
  private @Nullable Integer least;

  @Option(
      names = "--most",
      paramLabel = "N",
      description = "Where a text may have several: no more labels; all unless given.")
  private @Nullable Integer most;

  @Option(
      names = "--instruction",
      paramLabel = "TEXT",
      description = "What a remote model is told of the labels; the task's prefix unless given.")
  private @Nullable String instruction;

  TaskConfig task() {
    return ConfigLoader.part(task, "--task " + task, TaskConfig.class, sets).config();
  }

  /** The task as it was given. */
  String taskName() {
    return task;
  }

  LabelList list(TaskConfig config) {
    return LabelList.of(config, least, most);
  }

  String instruction(TaskConfig config) {
    return instruction == null ? config.prompt().prefix() : instruction;
  }

  /** A person reads no instruction, and gives as many labels as the task has them. */
  void refuseBesidePerson() {
    if (least != null || most != null || instruction != null) {
      throw new InputException(
          "--least, --most, --instruction: expected a language model that is told them, found a"
              + " person's labels under --with gold:FILE; leave them out");
    }
  }

  /** A teacher is asked by the task's own prompt, and no sampler is at hand. */
  void refuseBesideTeacher(TaskConfig config) {
    if (config.calibration() instanceof CalibrationConfig.FromSampler) {
      throw new InputException(
          "--task: expected a calibration that needs no sampler, found the mean over a sampler's"
              + " inputs; give a task with calibration none or contextual");
    }
    if (instruction != null) {
      throw new InputException(
          "--instruction: expected a remote model, found a teacher, which is held at the task's"
              + " prompt; leave it out, or change the task");
    }
  }
}

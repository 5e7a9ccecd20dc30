package io.gnomon.cli;

import ai.djl.Device;
import io.gnomon.config.CalibrationConfig;
import io.gnomon.config.ConfigLoader;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.config.TeacherConfig;
import io.gnomon.experiment.MemoryPlan;
import io.gnomon.experiment.TeacherSetup;
import io.gnomon.serve.Tagger;
import io.gnomon.teacher.LanguageModel;
import io.gnomon.teacher.Teacher;
import io.gnomon.tensor.Devices;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code gnomon tag} that send some texts to the teacher. */
final class FallbackOptions {
  private static final double FIT = 1;

  @Option(
      names = "--fallback",
      paramLabel = "TEACHER",
      description = "Ask this teacher where the student is unsure; takes --task and --below.")
  private @Nullable String teacher;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = "With --fallback: prompt and label words, as tasks/imdb.")
  private @Nullable String task;

  @Option(
      names = "--below",
      paramLabel = "P",
      description = {
        "With --fallback: ask where the student's answer has a probability below P;",
        "of several labels that of the least sure one, given or not."
      })
  private @Nullable String below;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "With --fallback: divide logits by T before that comparison; 1 unless given.")
  private @Nullable Double temperature;

  @Option(
      names = "--device",
      paramLabel = "D",
      description = "With --fallback: auto, cpu or cuda:N; auto unless given.")
  private @Nullable String device;

  /** Whether a teacher is asked at all. */
  boolean given() {
    return teacher != null;
  }

  /** Refuses half of them. */
  void check() {
    if (teacher == null) {
      refuseAlone("--task", task);
      refuseAlone("--below", below);
      refuseAlone("--temperature", temperature);
      refuseAlone("--device", device);
    } else if (task == null || below == null) {
      throw new InputException(
          "--fallback: expected --task and --below beside it, found "
              + (task == null ? "no --task" : "no --below")
              + "; give --task tasks/imdb --below 0.9");
    }
    if (temperature != null && !(temperature > 0 && Double.isFinite(temperature))) {
      throw new InputException(
          "--temperature: expected a number above 0, found " + temperature + "; give 1");
    }
  }

  private static void refuseAlone(String option, @Nullable Object given) {
    if (given != null) {
      throw new InputException(
          option
              + ": expected --fallback, whose option it is, found none; give --fallback TEACHER");
    }
  }

  /** What decides the answers, in words. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put(
        "fallback",
        teacher == null
            ? "none"
            : "%s, task %s, below %s, temperature %s"
                .formatted(teacher, task, below, temperature == null ? FIT : temperature));
    return settings;
  }

  /**
   * The student with the teacher behind it.
   *
   * @param threads of the teacher's products; 0 for all cores
   * @throws InputException when the teacher does not answer the student's labels
   */
  FallbackLabeller open(Tagger student, int threads) {
    TaskConfig prompt =
        ConfigLoader.part(given(task), "--task " + task, TaskConfig.class, List.of()).config();
    TeacherConfig config = TeacherArgument.read(given(teacher), "--fallback");
    double least = TagChoices.probability("--below", given(below));
    refuse(student, prompt);
    TeacherSetup.threads(threads);
    Device on = Devices.of(device == null ? "auto" : device);
    MemoryPlan plan = MemoryPlan.of(config, on, student.maxLength());
    plan.require("a teacher", "take a lower precision or a smaller teacher");
    LanguageModel model =
        LanguageModel.load(config.path(), Devices.precision(config.precision(), on), on);
    try {
      Teacher behind = Teacher.of(model, prompt, plan.forward());
      return FallbackLabeller.of(student, behind, least, temperature == null ? FIT : temperature);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private static void refuse(Tagger student, TaskConfig prompt) {
    List<String> classes = List.copyOf(prompt.classes().keySet());
    if (!classes.equals(student.labels()) || prompt.multiLabel() != student.multiLabel()) {
      throw new InputException(
          "--task: expected the student's labels %s%s, found %s%s; give the task it was made for, %s"
              .formatted(
                  student.labels(),
                  student.multiLabel() ? ", several a text" : "",
                  classes,
                  prompt.multiLabel() ? ", several a text" : "",
                  student.task()));
    }
    if (prompt.calibration() instanceof CalibrationConfig.FromSampler) {
      throw new InputException(
          "--task: expected a calibration that needs no sampler beside --fallback, found the mean"
              + " over a sampler's inputs; give a task with calibration none or contextual");
    }
  }

  private static String given(@Nullable String option) {
    if (option == null) {
      throw new IllegalStateException("not checked");
    }
    return option;
  }
}

package io.gnomon.latency;

import ai.djl.Device;
import io.gnomon.config.TaskConfig;
import io.gnomon.config.TeacherConfig;
import io.gnomon.evaluation.TokenizedSet;
import io.gnomon.experiment.MemoryPlan;
import io.gnomon.teacher.LanguageModel;
import io.gnomon.teacher.Teacher;
import io.gnomon.tensor.Devices;
import io.gnomon.tensor.Precision;
import java.util.List;
import java.util.Locale;

/** The teacher at the task's prompt. */
record HeldTeacher(String name, LanguageModel model, Teacher teacher, int longest)
    implements Contestant {
  /** Loads it, unless it does not fit the device. */
  static HeldTeacher load(TeacherConfig config, TaskConfig task, Device device, int longest) {
    Precision precision = Devices.precision(config.precision(), device);
    MemoryPlan plan = MemoryPlan.of(config, device, longest);
    plan.require("a teacher", "take a lower precision, shorter texts or a smaller teacher");
    LanguageModel model = LanguageModel.load(config.path(), precision, device);
    try {
      Teacher teacher = Teacher.of(model, task, plan.forward());
      String name = "teacher, " + precision.name().toLowerCase(Locale.ROOT);
      return new HeldTeacher(name, model, teacher, Math.min(longest, teacher.maxInput()));
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  @Override
  public long bytes() {
    return ModelFiles.bytes(model.folder(), file -> file.endsWith(".safetensors"));
  }

  @Override
  public double[][] probabilities(List<String> texts) {
    return TokenizedSet.unlabelled(texts, i -> "text " + (i + 1), model.tokenizer(), longest)
        .answers(teacher);
  }

  @Override
  public void close() {
    try (model) {
      teacher.close();
    }
  }
}

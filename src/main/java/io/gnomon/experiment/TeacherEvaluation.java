package io.gnomon.experiment;

import ai.djl.Device;
import io.gnomon.config.CalibrationConfig;
import io.gnomon.config.ConfigWriter;
import io.gnomon.config.InputException;
import io.gnomon.config.SamplerConfig;
import io.gnomon.config.TaskConfig;
import io.gnomon.config.TeacherConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.data.LabelledSets;
import io.gnomon.evaluation.AnswerScores;
import io.gnomon.evaluation.TokenizedSet;
import io.gnomon.sampler.Sampler;
import io.gnomon.teacher.ForwardLimit;
import io.gnomon.teacher.LanguageModel;
import io.gnomon.teacher.Teacher;
import io.gnomon.teacher.Verbalizer;
import io.gnomon.tensor.Devices;
import io.gnomon.tensor.Precision;
import io.gnomon.tensor.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A teacher on labelled sets, without a student or a run. The texts of a task are answered once;
 * each calibration only divides these answers by its prior.
 */
public final class TeacherEvaluation {
  private static final long SEED = 1;

  private final Request request;
  private final LanguageModel model;
  private final EvaluationListener listener;

  private TeacherEvaluation(Request request, LanguageModel model, EvaluationListener listener) {
    this.request = request;
    this.model = model;
    this.listener = listener;
  }

  /**
   * What to evaluate.
   *
   * @param tasks prompts, classes and sets
   * @param calibrations of each task; empty for the task's own
   * @param sampler for the calibrations that draw from one
   * @param limit texts taken of each set; 0 takes all
   * @param maxLength tokens kept of each text
   * @param device auto, cpu or cuda:N
   */
  public record Request(
      TeacherConfig teacher,
      List<TaskConfig> tasks,
      List<CalibrationConfig> calibrations,
      SamplerConfig sampler,
      int limit,
      int maxLength,
      String device) {

    private List<CalibrationConfig> calibrations(TaskConfig task) {
      return calibrations.isEmpty() ? List.of(task.calibration()) : calibrations;
    }

    /** Whether any calibration draws from the sampler. */
    public boolean samples() {
      return tasks.stream()
          .flatMap(task -> calibrations(task).stream())
          .anyMatch(CalibrationConfig.FromSampler.class::isInstance);
    }
  }

  /** A task about to be answered: all that may be wrong with it has been looked at. */
  private record Subject(
      TaskConfig task,
      String split,
      Teacher teacher,
      TokenizedSet texts,
      int maxLength,
      List<float[]> logPriors) {}

  /**
   * Evaluates.
   *
   * @throws InputException when teacher, task or set cannot be used, the teacher does not fit the
   *     device, or an answer is not finite; all but the last before any text is answered
   */
  public static TeacherReport of(Request request, EvaluationListener listener) {
    List<LabelledSet> sets = request.tasks().stream().map(task -> labelled(task, request)).toList();
    TeacherSetup.threads(0);
    Device device = Devices.of(request.device());
    Precision precision = Devices.precision(request.teacher().precision(), device);
    MemoryPlan plan = MemoryPlan.of(request.teacher(), device, request.maxLength());
    plan.require("a teacher", "take a lower precision, shorter texts or a smaller teacher");
    try (LanguageModel model = LanguageModel.load(request.teacher().path(), precision, device)) {
      List<TeacherReport.OfTask> tasks =
          new TeacherEvaluation(request, model, listener).tasks(sets, plan.forward());
      return new TeacherReport(
          TeacherReport.portable(request.teacher().path(), Path.of("")),
          model.sha256(),
          model.shape().family(),
          precision.name().toLowerCase(Locale.ROOT),
          Devices.name(device),
          request.samples() ? lines(request.sampler()) : null,
          tasks);
    }
  }

  private static LabelledSet labelled(TaskConfig task, Request request) {
    if (task.multiLabel()) {
      throw new InputException(
          "task "
              + task.name()
              + ": expected a single-label task beside --teacher, found a multi-label one; evaluate a"
              + " run of it, which scores its teacher as well");
    }
    LabelledSet set = LabelledSets.read(task.requireData()).withOneLabel();
    return request.limit() == 0 ? set : set.limit(request.limit());
  }

  private static List<String> lines(SamplerConfig sampler) {
    return ConfigWriter.write((Record) sampler).lines().toList();
  }

  private List<TeacherReport.OfTask> tasks(List<LabelledSet> sets, ForwardLimit limit) {
    List<Subject> subjects = new ArrayList<>();
    try {
      for (int i = 0; i < sets.size(); i++) {
        subjects.add(subject(request.tasks().get(i), sets.get(i), limit));
      }
      return subjects.stream().map(this::answered).toList();
    } finally {
      subjects.forEach(subject -> subject.teacher().close());
    }
  }

  private Subject subject(TaskConfig task, LabelledSet set, ForwardLimit limit) {
    Teacher teacher = Teacher.uncalibrated(model, task, limit);
    try {
      Verbalizer.warnings(task, model.tokenizer()).forEach(listener::note);
      int longest = Math.min(request.maxLength(), teacher.maxInput());
      TokenizedSet texts = TokenizedSet.of(set, model.tokenizer(), teacher.classes(), longest);
      List<float[]> priors =
          request.calibrations(task).stream().map(c -> logPrior(task, teacher, c)).toList();
      String split = task.data() == null ? "" : task.data().split().name();
      return new Subject(task, split.toLowerCase(Locale.ROOT), teacher, texts, longest, priors);
    } catch (RuntimeException e) {
      teacher.close();
      throw e;
    }
  }

  /** Empty for no calibration. */
  private float[] logPrior(TaskConfig task, Teacher teacher, CalibrationConfig calibration) {
    if (calibration instanceof CalibrationConfig.Contextual contextual) {
      return teacher.logAnswer(contextual.text());
    }
    if (calibration instanceof CalibrationConfig.FromSampler sampler) {
      listener.note(task.name() + ": measuring the prior on " + sampler.samples() + " samples");
      long seed = Seeds.derive(SEED, "calibration", 0);
      Sampler drawn =
          TeacherSetup.sampler(
              model.space(), task, request.sampler(), seed, new TeacherConfidence(() -> teacher));
      return Priors.log(teacher, drawn, sampler.samples());
    }
    return new float[0];
  }

  private TeacherReport.OfTask answered(Subject subject) {
    String name = subject.task().name();
    int all = subject.texts().size();
    listener.answered(name, 0, all);
    double[][] g =
        subject.texts().answers(subject.teacher(), done -> listener.answered(name, done, all));
    requireFinite(g, name);
    List<CalibrationConfig> calibrations = request.calibrations(subject.task());
    List<TeacherReport.Calibrated> scored = new ArrayList<>();
    for (int i = 0; i < calibrations.size(); i++) {
      scored.add(scored(subject, g, calibrations.get(i), subject.logPriors().get(i)));
    }
    return new TeacherReport.OfTask(name, subject.split(), all, subject.maxLength(), scored);
  }

  private static void requireFinite(double[][] g, String task) {
    if (!Arrays.stream(g).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite)) {
      throw new InputException(
          "teacher: expected finite probabilities, found others on task "
              + task
              + "; try precision fp32, then another copy of the weights");
    }
  }

  private static TeacherReport.Calibrated scored(
      Subject subject, double[][] g, CalibrationConfig calibration, float[] logPrior) {
    List<String> classes = subject.teacher().classes();
    double[][] answers = logPrior.length == 0 ? g : subject.teacher().recalibrated(g, logPrior);
    return new TeacherReport.Calibrated(
        TeacherReport.name(calibration),
        prior(classes, logPrior),
        AnswerScores.of(subject.texts().gold(), answers, classes));
  }

  private static @Nullable Map<String, Double> prior(List<String> classes, float[] logPrior) {
    Map<String, Double> byClass = new LinkedHashMap<>();
    for (int k = 0; k < logPrior.length; k++) {
      byClass.put(classes.get(k), Math.exp(logPrior[k]));
    }
    return byClass.isEmpty() ? null : byClass;
  }
}

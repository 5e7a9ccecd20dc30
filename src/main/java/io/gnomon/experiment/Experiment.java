package io.gnomon.experiment;

import ai.djl.ndarray.NDManager;
import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.FileProblem;
import io.gnomon.checkpoint.FolderLock;
import io.gnomon.checkpoint.Json;
import io.gnomon.checkpoint.Sha256;
import io.gnomon.config.ConfigWriter;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.TeacherConfig.AnswersChoice;
import io.gnomon.config.TraceConfig.TextTraceConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.evaluation.Evaluation;
import io.gnomon.evaluation.LabelEvaluation;
import io.gnomon.evaluation.LabelEvaluation.Answered;
import io.gnomon.evaluation.TextTrace;
import io.gnomon.evaluation.TokenizedSet;
import io.gnomon.experiment.TrainingSource.Setting;
import io.gnomon.experiment.TrainingSource.Training;
import io.gnomon.geometry.AnswerSpace;
import io.gnomon.objective.Objectives;
import io.gnomon.projection.Coefficient;
import io.gnomon.projection.Measurement;
import io.gnomon.projection.ProbeSet;
import io.gnomon.projection.Projection;
import io.gnomon.projection.ProjectionListener;
import io.gnomon.projection.ProjectionState;
import io.gnomon.sink.Ending;
import io.gnomon.sink.TraceSinks;
import io.gnomon.student.Student;
import io.gnomon.student.Students;
import io.gnomon.teacher.EmbeddingTable;
import io.gnomon.trace.TraceFile;
import io.gnomon.trace.TraceRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One run of an experiment, from its configuration to its run folder. */
public final class Experiment {
  private final ExperimentConfig config;
  private final RunFolder folder;
  private final Path answers;
  private final ProjectionListener listener;
  private final TrainingSource source;
  private double opening;

  /**
   * A projection of {@code config} that keeps its files in {@code folder}.
   *
   * @param answers root of the teacher's kept answers, of use where the configuration keeps them
   * @param listener hears notes, steps and rows, and is asked whether to stop
   */
  public Experiment(
      ExperimentConfig config, RunFolder folder, Path answers, ProjectionListener listener) {
    this(config, folder, answers, listener, new NoiseSource(config));
  }

  /**
   * A run of {@code config} that trains on what {@code source} gives.
   *
   * @throws IllegalArgumentException when the configuration names text and the source is the
   *     sampler, or the other way round: no projection is trained on text
   */
  public Experiment(
      ExperimentConfig config,
      RunFolder folder,
      Path answers,
      ProjectionListener listener,
      TrainingSource source) {
    if ((config.text() == null) != source instanceof NoiseSource) {
      throw new IllegalArgumentException(
          "text " + config.text() + " does not go with " + source.getClass().getSimpleName());
    }
    this.config = config;
    this.folder = folder;
    this.answers = answers;
    this.listener = listener;
    this.source = source;
  }

  /**
   * What a run came to.
   *
   * @param finished false when it was stopped and saved
   * @param step steps made
   * @param rows the whole trace
   * @param metrics as written to metrics.json; empty unless finished
   * @param costs see {@link Training#costs}; empty unless finished
   * @param opening seconds of this sitting that the source took until its batches were there
   * @param asked of how many of the steps' batches the teacher was asked itself, the answers to the
   *     others being kept ones; empty unless finished, for a run on text, and where it was begun by
   *     a version that did not count
   */
  public record Result(
      boolean finished,
      long step,
      List<TraceRow> rows,
      Map<String, Object> metrics,
      Map<String, Double> costs,
      double opening,
      OptionalLong asked) {}

  private Result stopped(long step, List<TraceRow> rows) {
    return new Result(false, step, rows, Map.of(), Map.of(), opening, OptionalLong.empty());
  }

  /**
   * Runs to the last step, or until the listener says stop.
   *
   * @param resume whether to go on with a run that is there already
   * @throws InputException when teacher, data or folder cannot be used, or a run is there already
   *     and {@code resume} is false
   * @throws io.gnomon.projection.DivergenceException when a loss or gradient is not finite
   */
  public Result run(boolean resume) {
    try (FolderLock lock = FolderLock.acquire(folder.path())) {
      refuseUnasked(resume);
      return project();
    }
  }

  /** Compares the resolved configuration to that of the run that is there, if one is. */
  private void refuseUnasked(boolean resume) {
    String resolved = ConfigWriter.write(config);
    if (!begun()) {
      return;
    }
    if (!resume) {
      throw new InputException(
          folder.path()
              + ": expected a folder without a run, found one; add --resume to go on with it, or"
              + " --run-id NAME for a run beside it");
    }
    String kept = read();
    if (!kept.equals(resolved)) {
      throw new InputException(
          folder.config()
              + ": expected the configuration given, found another (first difference: "
              + difference(kept, resolved)
              + "); resume with the configuration the run was begun with, or add --run-id NAME"
              + " for a"
              + " run of its own");
    }
  }

  /**
   * A run that failed before its first row, for want of its teacher say, leaves nothing to keep.
   */
  private boolean begun() {
    return Files.isRegularFile(folder.config())
        && (Files.exists(folder.trace()) || Files.exists(folder.checkpoint()));
  }

  private String read() {
    try {
      return Files.readString(folder.config());
    } catch (IOException e) {
      throw FileProblem.reading(folder.config(), e);
    }
  }

  private static String difference(String kept, String given) {
    List<String> a = kept.lines().toList();
    List<String> b = given.lines().toList();
    int i = 0;
    while (i < a.size() && i < b.size() && a.get(i).equals(b.get(i))) {
      i++;
    }
    return "'"
        + (i < a.size() ? a.get(i).strip() : "nothing")
        + "' there, '"
        + (i < b.size() ? b.get(i).strip() : "nothing")
        + "' given";
  }

  private Result project() {
    if (config.training().start() != null) {
      RunFolder.existing(Path.of(config.training().start())).requireFinished();
    }
    source.read();
    TextTraceConfig text = config.trace().text();
    // Read before the teacher is: a missing set is told at once.
    LabelledSet labelled = text == null ? null : TracedTexts.read(config, text);
    MemoryPlan.of(config).require();
    boolean keep = config.teacher().answers() == AnswersChoice.KEEP;
    try (TeacherSide side = TeacherSide.open(config, keep ? answers : null, labelled)) {
      side.prepare(listener::note);
      side.warnings().forEach(listener::warning);
      Path own = keep ? answers : folder.path().resolve("answers");
      long start = System.nanoTime();
      Optional<Training> training = source.open(new Setting(side, own, listener));
      opening = (System.nanoTime() - start) / 1e9;
      return training.isPresent() ? project(side, training.get()) : stopped(0, List.of());
    }
  }

  private Result project(TeacherSide side, Training training) {
    try (NDManager manager = NDManager.newBaseManager(side.device(), "PyTorch");
        Student student = student(manager, side);
        Coefficient coefficient = new Coefficient(manager, config.objective().coefficient())) {
      TextTrace trace = trace(side, manager);
      Projection.Cast cast =
          new Projection.Cast(
              training.batches(),
              student,
              coefficient,
              Objectives.of(config.objective(), config.task()),
              measurement(side, manager, trace));
      return run(cast, side, training, trace, manager);
    }
  }

  private Student student(NDManager manager, TeacherSide side) {
    EmbeddingTable table = side.space().embeddings();
    Path start = start();
    if (start == null) {
      return Students.create(manager, config.student(), table, config.task(), config.seed());
    }
    Student.requireTeacher(start, side.space().sha256());
    return Students.resume(manager, config.student(), table, config.task(), start);
  }

  /** The student to go on from; null for a new one. */
  private @Nullable Path start() {
    String start = config.training().start();
    return start == null ? null : RunFolder.existing(Path.of(start)).student();
  }

  private @Nullable TextTrace trace(TeacherSide side, NDManager manager) {
    TokenizedSet set = side.texts();
    return set == null
        ? null
        : new TextTrace(
            set, side.textAnswers(set), side.space().embeddings(), manager, space(side));
  }

  /** Labels are judged each by itself; of classes, what the objective's component says counts. */
  private AnswerSpace space(TeacherSide side) {
    return config.task().multiLabel()
        ? AnswerSpace.labels()
        : AnswerSpace.classes(config.objective().component().index(side.classes()));
  }

  private Measurement measurement(TeacherSide side, NDManager manager, @Nullable TextTrace trace) {
    ProbeSet probe =
        new ProbeSet(side.sampler("probe"), side.probe(), manager, config.trace().probe());
    return new Measurement(probe, space(side), trace);
  }

  private Result run(
      Projection.Cast cast,
      TeacherSide side,
      Training training,
      @Nullable TextTrace trace,
      NDManager manager) {
    TraceFile file = new TraceFile(folder.trace());
    String resolved = ConfigWriter.write(config);
    String fingerprint =
        Sha256.ofText(resolved) + ":" + side.space().sha256() + fingerprint(training) + started();
    ProjectionState state =
        new ProjectionState(folder.checkpoint(), fingerprint, side.askedInTraining());
    // Not before: a run that its teacher or its data stopped leaves nothing to resume. One killed
    // right here leaves a configuration without a run, and this one need not be the same.
    if (!begun()) {
      AtomicFiles.writeString(folder.config(), resolved);
    }
    if (!state.exists()) {
      AtomicFiles.writeString(folder.provenance(), RunProvenance.of(config, side, facts(training)));
    }
    Projection.Outcome outcome = run(cast, manager, file, state);
    return outcome.finished()
        ? finish(cast.student(), side, training, trace, file)
        : stopped(outcome.step(), file.read());
  }

  private Projection.Outcome run(
      Projection.Cast cast, NDManager manager, TraceFile file, ProjectionState state) {
    TraceSinks sinks = TraceSinks.of(config, folder.path(), file, listener::note);
    ProjectionListener all = sinks.isEmpty() ? listener : new SinkListener(listener, sinks);
    try (Projection projection = new Projection(config, cast, manager, file, state, all)) {
      Projection.Outcome outcome = projection.run();
      sinks.end(outcome.finished() ? Ending.FINISHED : Ending.STOPPED);
      return outcome;
    } catch (RuntimeException e) {
      sinks.end(Ending.FAILED);
      throw e;
    }
  }

  /** Of the text that is trained on: none for a projection. */
  private static String fingerprint(Training training) {
    Map<String, Object> facts = training.provenance();
    return facts.isEmpty() ? "" : ":" + Sha256.ofText(Json.write(facts));
  }

  private Map<String, Object> facts(Training training) {
    Map<String, Object> facts = new LinkedHashMap<>(training.provenance());
    Path start = start();
    if (start != null) {
      facts.put(
          "start",
          Map.of(
              "path",
              String.valueOf(config.training().start()),
              "sha256",
              Sha256.ofWeights(start)));
    }
    return facts;
  }

  /** Of the weights that the student starts from: none for a new one. */
  private String started() {
    Path start = start();
    return start == null ? "" : ":" + Sha256.ofWeights(start);
  }

  private Result finish(
      Student student,
      TeacherSide side,
      Training training,
      @Nullable TextTrace trace,
      TraceFile file) {
    student.save(
        folder.student(), Map.of("path", config.teacher().path(), "sha256", side.space().sha256()));
    List<TraceRow> rows = file.read();
    Map<String, Object> metrics = Metrics.of(rows, config.training().batchSize());
    if (trace != null) {
      metrics.putAll(onText(trace, trace.answers(student), side.classes()));
    }
    metrics.putAll(training.costs());
    AtomicFiles.writeString(folder.metrics(), Json.write(metrics));
    OptionalLong asked =
        config.text() == null ? side.askedInTraining().batches() : OptionalLong.empty();
    return new Result(
        true, config.training().steps(), rows, metrics, training.costs(), opening, asked);
  }

  /** The final numbers on the traced texts; h on them is N × K. */
  private Map<String, Object> onText(TextTrace trace, double[][] h, List<String> classes) {
    double[][] g = trace.teacherAnswers();
    if (config.task().multiLabel()) {
      Answered answered = new Answered(trace.set().labels(), g, h);
      return Metrics.of(
          LabelEvaluation.of(answered, Optional.empty(), OptionalInt.empty(), classes));
    }
    OptionalInt component = config.objective().component().index(classes);
    return Metrics.of(Evaluation.of(trace.set().gold(), g, h, classes, component));
  }
}

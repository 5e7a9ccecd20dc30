package io.gnomon.teach;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gnomon.checkpoint.FolderLock;
import io.gnomon.checkpoint.Sha256;
import io.gnomon.config.ConfigWriter;
import io.gnomon.config.InputException;
import io.gnomon.config.MethodConfig.Lora;
import io.gnomon.config.OptimizerConfig.Schedule;
import io.gnomon.config.TaskConfig;
import io.gnomon.config.TeachConfig;
import io.gnomon.config.TeachConfig.LessonConfig;
import io.gnomon.config.TeachConfig.ScheduleConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.data.LabelledSets;
import io.gnomon.nn.DecoderShape;
import io.gnomon.nn.Rope;
import io.gnomon.optimizer.AdamW;
import io.gnomon.optimizer.NonFiniteException;
import io.gnomon.teacher.CheckpointConfig;
import io.gnomon.teacher.TeacherFolder;
import io.gnomon.teacher.Tokenizer;
import io.gnomon.tensor.Devices;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a teacher from labelled prompts: each step answers one lesson's texts behind its prompt,
 * and the loss is −log of the probability that the right class's words share among all next tokens.
 * What is kept is the running mean of the weights, in bfloat16, as a Hugging Face folder; under
 * LoRA that of the additions, apart in {@code adapter/}, and merged into the weights they were made
 * for.
 */
public final class Teaching {
  private static final double EPSILON = 1e-5;
  private static final double ROPE_THETA = 10_000;

  private final TeachConfig config;
  private final Path folder;
  private final TeachListener listener;
  private final @Nullable List<LabelledSet> given;
  private int vocabulary;

  public Teaching(TeachConfig config, TeachListener listener) {
    this(config, listener, null);
  }

  /**
   * Teaching on sets that a caller has already.
   *
   * @param given a set for each lesson, in place of the one that it names; null has them read
   */
  public Teaching(TeachConfig config, TeachListener listener, @Nullable List<LabelledSet> given) {
    this.given = given;
    this.config = config;
    this.folder = Path.of(config.output());
    this.listener = listener;
  }

  /** How teaching ended. */
  public record Outcome(int step, boolean finished) {}

  /**
   * Teaches, from the saved state where there is one of this configuration.
   *
   * @return finished, or the step behind which it was stopped and saved
   * @throws io.gnomon.config.InputException when data, a prompt or the folder cannot be used
   * @throws NonFiniteException when a loss or gradient is not finite; the last state stays
   */
  public Outcome run() {
    try (FolderLock lock = FolderLock.acquire(folder)) {
      return teach();
    }
  }

  private Outcome teach() {
    Devices.threads(config.runtime().threads());
    Device device = Devices.of(config.runtime().device());
    List<LabelledSet> sets = new ArrayList<>();
    for (LessonConfig lesson : config.lessons()) {
      LabelledSet set = given == null ? read(lesson) : given.get(sets.size());
      listener.prepared(lesson.task().name() + ": " + set.size() + " texts to learn from");
      sets.add(set);
    }
    try (NDManager manager = NDManager.newBaseManager(device, "PyTorch");
        Tokenizer tokenizer = tokenizer(sets);
        TrainableModel trainable = trainable(TrainableModel.Options.of(config, device), manager)) {
      List<Lesson> lessons = lessons(sets, tokenizer, trainable.shape());
      return loop(trainable, lessons, manager);
    }
  }

  private static LabelledSet read(LessonConfig lesson) {
    LabelledSet read = LabelledSets.read(lesson.train());
    return lesson.task().multiLabel() ? read : read.withOneLabel();
  }

  private Tokenizer tokenizer(List<LabelledSet> sets) {
    String from = config.from();
    if (from != null) {
      Path source = TeacherFolder.resolve(from);
      ModelFolder.copyTokenizer(source, folder);
      return Tokenizer.open(source);
    }
    BpeTrainer trainer = new BpeTrainer(config.tokenizer());
    sets.forEach(set -> set.rows().forEach(row -> trainer.add(row.text())));
    Set<String> whole = new LinkedHashSet<>();
    for (LessonConfig lesson : config.lessons()) {
      trainer.add(lesson.task().prompt().prefix());
      trainer.add(lesson.task().prompt().suffix());
      words(lesson.task()).forEach(word -> whole.add(" " + word));
    }
    BpeVocabulary learned = trainer.train(whole);
    vocabulary = learned.size();
    TokenizerFile.write(folder, learned, config.model().maxPositions());
    listener.prepared("tokenizer: " + vocabulary + " entries");
    return Tokenizer.open(folder);
  }

  private static List<String> words(TaskConfig task) {
    // All questions of a task have the same words.
    return task.questions().get(0).classes().values().stream().flatMap(List::stream).toList();
  }

  private TrainableModel trainable(TrainableModel.Options options, NDManager manager) {
    String from = config.from();
    if (from != null) {
      Path source = TeacherFolder.resolve(from);
      return TrainableModel.read(
          CheckpointConfig.read(source), source, config.method(), options, manager);
    }
    TeachConfig.ModelConfig model = config.model();
    DecoderShape shape =
        new DecoderShape(
            "llama",
            vocabulary,
            model.hidden(),
            model.layers(),
            model.heads(),
            model.keyValueHeads(),
            model.hidden() / model.heads(),
            model.feedForward(),
            model.maxPositions(),
            EPSILON,
            true,
            false,
            new Rope(ROPE_THETA, new Rope.Plain()));
    return TrainableModel.random(shape, options, manager);
  }

  private List<Lesson> lessons(List<LabelledSet> sets, Tokenizer tokenizer, DecoderShape shape) {
    List<Lesson> lessons = new ArrayList<>();
    for (int i = 0; i < sets.size(); i++) {
      lessons.add(Lesson.of(config.lessons().get(i), sets.get(i), tokenizer, shape.maxPositions()));
    }
    return lessons;
  }

  private Outcome loop(TrainableModel trainable, List<Lesson> lessons, NDManager manager) {
    Map<String, NDArray> weights = trainable.parameters();
    Map<String, Double> rates = new HashMap<>();
    weights.keySet().stream()
        .filter(name -> name.startsWith(TrainableModel.EMBEDDING))
        .forEach(name -> rates.put(name, config.training().embeddingRate()));
    TeachState state = new TeachState(folder.resolve("checkpoint"), fingerprint());
    try (AdamW optimizer = new AdamW(manager, weights, config.optimizer(), rates);
        RunningMean mean = new RunningMean(manager, weights, config.training().average())) {
      int step = state.exists() ? state.restore(weights, mean, optimizer) : 0;
      if (step > config.training().steps()) {
        throw new InputException(
            state
                + ": expected a state of at most "
                + config.training().steps()
                + " steps (training.steps), found one of "
                + step
                + "; ask for more steps, or remove the file to begin anew");
      }
      BatchSchedule batches = new BatchSchedule(lessons, config.seed(), config.training().steps());
      TrainingLoop loop =
          new TrainingLoop(
              config, listener, trainable, weights, optimizer, mean, batches, manager, state);
      int reached = loop.from(step);
      boolean finished = reached == config.training().steps();
      if (finished) {
        mean.copyTo(weights);
        keep(trainable);
      }
      return new Outcome(reached, finished);
    }
  }

  /** Of the configuration, as far as it decides a step, and of the weights it starts from. */
  private String fingerprint() {
    String from = config.from();
    String start = from == null ? "" : Sha256.ofWeights(TeacherFolder.resolve(from));
    return Sha256.ofText(ConfigWriter.write(deciding(config)) + start);
  }

  /**
   * {@code config} without what changes no step: name and folder, how often something is logged or
   * saved and, at a constant rate, the number of steps, so that teaching can be carried on.
   */
  private static TeachConfig deciding(TeachConfig config) {
    ScheduleConfig training = config.training();
    boolean constant = config.optimizer().schedule() == Schedule.CONSTANT;
    return new TeachConfig(
        "",
        "",
        config.seed(),
        config.from(),
        config.method(),
        config.precision(),
        config.tokenizer(),
        config.model(),
        config.lessons(),
        config.loss(),
        config.optimizer(),
        new ScheduleConfig(
            constant ? 1 : training.steps(), training.average(), training.embeddingRate(), 1, 1),
        config.runtime());
  }

  private void keep(TrainableModel trainable) {
    String from = config.from();
    Path source = from == null ? null : TeacherFolder.resolve(from);
    if (from != null && source != null && config.method() instanceof Lora lora) {
      Path adapter = folder.resolve(AdapterFolder.NAME);
      AdapterFolder.write(adapter, from, source, lora, trainable.parameters());
      AdapterMerge.write(adapter, source, folder);
    } else {
      ModelFolder.write(
          folder,
          source,
          trainable.layers(),
          trainable.tables(),
          Map.of("made_by", "gnomon teach"));
    }
  }
}

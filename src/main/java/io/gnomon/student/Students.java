package io.gnomon.student;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gnomon.config.InputException;
import io.gnomon.config.StudentConfig;
import io.gnomon.config.TaskConfig;
import io.gnomon.nn.EncoderShape;
import io.gnomon.teacher.EmbeddingTable;
import io.gnomon.tensor.Devices;
import io.gnomon.tensor.Precision;
import java.nio.file.Path;
import java.util.List;

/** New students from their configuration. */
public final class Students {
  private Students() {}

  /**
   * Makes a student of one class a text, from {@code config.fromCheckpoint} where that is given, at
   * random otherwise.
   *
   * @param parent owner of the weights; its device is the student's
   * @param table the teacher's embeddings; only their width and scale are read
   * @param classes names of the K classes
   * @param seed the run's seed
   * @throws InputException when the checkpoint cannot be used or sizes do not fit each other
   */
  public static Student create(
      NDManager parent,
      StudentConfig config,
      EmbeddingTable table,
      List<String> classes,
      long seed) {
    return create(parent, config, table, classes, false, seed);
  }

  /** As {@link #create}, for the classes of a task, of which a text may have several. */
  public static Student create(
      NDManager parent, StudentConfig config, EmbeddingTable table, TaskConfig task, long seed) {
    List<String> classes = List.copyOf(task.classes().keySet());
    return create(parent, config, table, classes, task.multiLabel(), seed);
  }

  /**
   * A student of {@code config}'s sizes and arithmetic with the weights that {@link Student#save}
   * wrote to {@code folder}, to be trained further.
   *
   * @throws InputException when the student there has other sizes or classes
   */
  public static Student resume(
      NDManager parent, StudentConfig config, EmbeddingTable table, TaskConfig task, Path folder) {
    StudentShape there = StudentFolder.shape(folder);
    List<String> classes = List.copyOf(task.classes().keySet());
    StudentShape wanted =
        config.match(
            it -> robertaShape(it, table.dimension(), classes).withMultiLabel(task.multiLabel()),
            it -> pooled(it, table.dimension(), classes).withMultiLabel(task.multiLabel()));
    if (!there.equals(wanted)) {
      throw new InputException(
          "%s: expected a student of the configuration's sizes and classes, %s, found %s; start from a run with the same student and task"
              .formatted(folder, wanted, there));
    }
    Precision steps =
        config.match(
            it -> Devices.precision(it.precision(), parent.getDevice()), it -> Precision.FP32);
    try (StudentFolder.Weights weights = StudentFolder.weights(folder)) {
      return new Student(parent, wanted, steps, weights);
    }
  }

  private static Student create(
      NDManager parent,
      StudentConfig config,
      EmbeddingTable table,
      List<String> classes,
      boolean multiLabel,
      long seed) {
    double scale = rootMeanSquare(table);
    return config.match(
        it -> {
          RandomInitializer random = new RandomInitializer(seed, scale);
          return roberta(parent, it, table, classes, multiLabel, random);
        },
        it -> {
          StaticShape shape = pooled(it, table.dimension(), classes).withMultiLabel(multiLabel);
          return new Student(parent, shape, Precision.FP32, new FanInInitializer(seed, scale));
        });
  }

  private static Student roberta(
      NDManager parent,
      StudentConfig.Roberta config,
      EmbeddingTable table,
      List<String> classes,
      boolean multiLabel,
      RandomInitializer random) {
    Precision steps = Devices.precision(config.precision(), parent.getDevice());
    String checkpoint = config.fromCheckpoint();
    if (checkpoint == null) {
      RobertaShape shape = randomShape(config, table.dimension(), classes);
      return new Student(parent, shape.withMultiLabel(multiLabel), steps, random);
    }
    try (PretrainedEncoder pretrained = new PretrainedEncoder(Path.of(checkpoint), random)) {
      RobertaShape shape = pretrained.shape(config, table.dimension(), classes);
      return new Student(parent, shape.withMultiLabel(multiLabel), steps, pretrained);
    }
  }

  /**
   * The sizes that {@link #create} would give a student, without making it.
   *
   * @param embedding d, the width of the teacher's embeddings
   * @throws InputException when the checkpoint cannot be used or sizes do not fit each other
   */
  public static StudentShape shape(StudentConfig config, int embedding, List<String> classes) {
    return config.match(
        it -> robertaShape(it, embedding, classes), it -> pooled(it, embedding, classes));
  }

  private static RobertaShape robertaShape(
      StudentConfig.Roberta config, int embedding, List<String> classes) {
    String checkpoint = config.fromCheckpoint();
    if (checkpoint == null) {
      return randomShape(config, embedding, classes);
    }
    RandomInitializer unused = new RandomInitializer(0, 1);
    try (PretrainedEncoder pretrained = new PretrainedEncoder(Path.of(checkpoint), unused)) {
      return pretrained.shape(config, embedding, classes);
    }
  }

  private static StaticShape pooled(
      StudentConfig.Static config, int embedding, List<String> classes) {
    return new StaticShape(embedding, config.features(), config.hidden(), classes, false);
  }

  private static RobertaShape randomShape(
      StudentConfig.Roberta config, int embedding, List<String> classes) {
    EncoderShape encoder =
        new EncoderShape(
            config.hidden(),
            config.layers(),
            config.heads(),
            config.feedForward(),
            InputLayer.ROBERTA_EPSILON,
            config.dropout());
    return new RobertaShape(
        embedding, encoder, config.maxPositions(), RobertaShape.ROBERTA_OFFSET, classes);
  }

  private static double rootMeanSquare(EmbeddingTable table) {
    try (NDArray squares = table.weight().square();
        NDArray mean = squares.mean()) {
      return Math.sqrt(mean.getFloat());
    }
  }
}

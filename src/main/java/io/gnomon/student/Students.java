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

  private static Student create(
      NDManager parent,
      StudentConfig config,
      EmbeddingTable table,
      List<String> classes,
      boolean multiLabel,
      long seed) {
    StudentConfig.Roberta roberta = (StudentConfig.Roberta) config;
    RandomInitializer random = new RandomInitializer(seed, rootMeanSquare(table));
    Precision steps = Devices.precision(roberta.precision(), parent.getDevice());
    String checkpoint = roberta.fromCheckpoint();
    if (checkpoint == null) {
      StudentShape shape = randomShape(roberta, table.dimension(), classes);
      return new Student(parent, shape.withMultiLabel(multiLabel), steps, random);
    }
    try (PretrainedEncoder pretrained = new PretrainedEncoder(Path.of(checkpoint), random)) {
      StudentShape shape = pretrained.shape(roberta, table.dimension(), classes);
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
    StudentConfig.Roberta roberta = (StudentConfig.Roberta) config;
    String checkpoint = roberta.fromCheckpoint();
    if (checkpoint == null) {
      return randomShape(roberta, embedding, classes);
    }
    RandomInitializer unused = new RandomInitializer(0, 1);
    try (PretrainedEncoder pretrained = new PretrainedEncoder(Path.of(checkpoint), unused)) {
      return pretrained.shape(roberta, embedding, classes);
    }
  }

  private static StudentShape randomShape(
      StudentConfig.Roberta config, int embedding, List<String> classes) {
    EncoderShape encoder =
        new EncoderShape(
            config.hidden(),
            config.layers(),
            config.heads(),
            config.feedForward(),
            InputLayer.ROBERTA_EPSILON,
            config.dropout());
    return new StudentShape(
        embedding, encoder, config.maxPositions(), StudentShape.ROBERTA_OFFSET, classes);
  }

  private static double rootMeanSquare(EmbeddingTable table) {
    try (NDArray squares = table.weight().square();
        NDArray mean = squares.mean()) {
      return Math.sqrt(mean.getFloat());
    }
  }
}

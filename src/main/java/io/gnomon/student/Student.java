package io.gnomon.student;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.nn.Parameters;
import io.gnomon.tensor.Matrices;
import io.gnomon.tensor.Precision;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * h, the small classifier (Eq. 14): it reads sequences in the teacher's embedding space and gives K
 * logits, of which h is the softmax; for a multi-label task each logit is one label's, and h the
 * sigmoid of each. It is a RoBERTa encoder, or pools the embeddings.
 *
 * <p>The teacher's embedding table is not part of it: inputs come embedded, and a saved student
 * only says which table that was. Dropout is a function of the engine's seed, to be set before each
 * training forward.
 *
 * <p>Weights and gradients are float32. In mixed precision the products of a training step take
 * them narrowed to bfloat16; answers are computed in float32 whatever the student was trained in,
 * so that a saved student answers as it did in its run.
 */
public final class Student implements AutoCloseable {
  /** Float32 numbers that fit into one Java buffer. */
  private static final long LARGEST = Integer.MAX_VALUE / 4;

  private final StudentShape shape;
  private final Parameters parameters;
  private final Network network;

  /**
   * A student with the weights that {@code initializer} gives.
   *
   * @param steps precision of a training step's products
   */
  Student(NDManager parent, StudentShape shape, Precision steps, Initializer initializer) {
    this.shape = shape;
    this.parameters = new Parameters(parent, true);
    try {
      shape
          .parameters()
          .forEach((name, size) -> parameters.add(name, array(initializer, name, size)));
      this.network = Network.of(parameters, shape, steps);
    } catch (RuntimeException e) {
      parameters.close();
      throw e;
    }
  }

  /**
   * Rebuilds the student that {@link #save} wrote to {@code folder}, to the last bit.
   *
   * @param parent owner of the weights
   * @throws InputException when the folder holds no student
   */
  public static Student load(NDManager parent, Path folder) {
    StudentShape shape = StudentFolder.shape(folder);
    try (StudentFolder.Weights weights = StudentFolder.weights(folder)) {
      return new Student(parent, shape, Precision.FP32, weights);
    }
  }

  /**
   * Writes {@code student.safetensors} and {@code config.json} to {@code folder}.
   *
   * @param reference which embedding table the inputs are to come from: its {@code sha256} and
   *     {@code path}
   */
  public void save(Path folder, Map<String, String> reference) {
    StudentFolder.write(folder, shape, parameters, reference);
  }

  /** The reference to the teacher's embedding table that {@code folder} was saved with. */
  public static Map<String, String> reference(Path folder) {
    return StudentFolder.reference(folder);
  }

  /**
   * Refuses the student in {@code folder} where it was cast from another teacher.
   *
   * @param sha256 of the teacher that is there
   * @throws io.gnomon.config.InputException when it was cast from another
   */
  public static void requireTeacher(Path folder, String sha256) {
    StudentFolder.requireTeacher(folder, sha256);
  }

  /**
   * Refuses the student in {@code folder} where it answers to something else than a task asks.
   *
   * @throws io.gnomon.config.InputException when type or classes differ, or the order of these
   */
  public static void requireTask(Path folder, TaskConfig task) {
    StudentFolder.requireTask(folder, task);
  }

  /**
   * Class logits.
   *
   * @param x shape (B, T, d), float32, in the teacher's embedding space
   * @param mask shape (B, T), 1 at tokens, 0 at padding; null when nothing is padded
   * @param training whether gradients flow and dropout acts; without, the result cannot enter a
   *     loss
   * @return shape (B, K), in the manager of {@code x}
   * @throws InputException when T is more than the student's positions
   */
  public NDArray logits(NDArray x, @Nullable NDArray mask, boolean training) {
    checkInput(x, mask);
    return network.logits(x, mask, training); // (B, K)
  }

  /**
   * h: class probabilities, for evaluation (no gradient, no dropout).
   *
   * @param x as in {@link #logits}
   * @param mask as in {@link #logits}
   * @return B rows of K probabilities
   */
  public double[][] probabilities(NDArray x, @Nullable NDArray mask) {
    try (NDArray logits = logits(x, mask, false);
        NDArray h = shape.multiLabel() ? Activation.sigmoid(logits) : logits.softmax(-1)) {
      return Matrices.ofDoubles(h.toFloatArray(), shape.classes().size());
    }
  }

  private void checkInput(NDArray x, @Nullable NDArray mask) {
    Shape found = x.getShape();
    if (found.dimension() != 3 || found.get(2) != shape.embedding()) {
      throw new IllegalArgumentException(
          "student: expected x (B, T, " + shape.embedding() + "), found " + found);
    }
    if (mask != null && !mask.getShape().equals(found.slice(0, 2))) {
      throw new IllegalArgumentException(
          "student: expected mask " + found.slice(0, 2) + ", found " + mask.getShape());
    }
    shape.checkLength(found.get(1));
  }

  Network network() {
    return network;
  }

  /** All weights, by name; trainable. */
  public Parameters parameters() {
    return parameters;
  }

  /** Sizes, constants and classes. */
  public StudentShape shape() {
    return shape;
  }

  @Override
  public void close() {
    parameters.close();
  }

  private NDArray array(Initializer initializer, String name, Shape size) {
    if (size.size() > LARGEST) {
      throw new InputException(
          "student: %s: expected at most %d numbers, found shape %s; make the student smaller"
              .formatted(name, LARGEST, size));
    }
    return parameters.manager().create(initializer.values(name, size), size);
  }
}

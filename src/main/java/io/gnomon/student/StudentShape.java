package io.gnomon.student;

import ai.djl.ndarray.types.Shape;
import io.gnomon.config.InputException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Everything that fixes a student's function besides its weights. */
public sealed interface StudentShape permits RobertaShape, StaticShape {
  /** d, width of the teacher's embeddings. */
  int embedding();

  /** Names of the K classes, in the order of the logits. */
  List<String> classes();

  /** Whether each class is judged by itself: h is then K sigmoids, not a softmax. */
  boolean multiLabel();

  /**
   * Most tokens of an input; {@link io.gnomon.config.StudentConfig#ANY_LENGTH} where one of any
   * length is read.
   */
  int longest();

  /** Names and shapes of all parameters, in the order of the forward pass. */
  Map<String, Shape> parameters();

  /** The same, whose classes exclude each other or not. */
  StudentShape withMultiLabel(boolean several);

  /**
   * Refuses what is too long.
   *
   * @throws InputException when {@code tokens} are more than {@link #longest}
   */
  void checkLength(long tokens);

  /** What its kind makes of it: whoever adds a kind is led to every place where kinds differ. */
  <R> R match(Function<RobertaShape, R> roberta, Function<StaticShape, R> fixed);

  /** Numbers in all parameters. */
  default long size() {
    return parameters().values().stream().mapToLong(Shape::size).sum();
  }

  /** Adds the weight (out, in) and the bias (out) called {@code name}. */
  static void product(Map<String, Shape> shapes, String name, int out, int in) {
    shapes.put(name + ".weight", new Shape(out, in));
    shapes.put(name + ".bias", new Shape(out));
  }
}

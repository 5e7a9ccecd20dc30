package io.gnomon.student;

import ai.djl.ndarray.types.Shape;
import io.gnomon.config.StudentConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Sizes of a student that pools its input's embeddings: M features of each token, their mean and
 * largest over the tokens, one hidden layer.
 *
 * @param embedding d, width of the teacher's embeddings
 * @param features M, numbers made of each token
 * @param hidden F, width of the hidden layer
 * @param classes names of the K classes, in the order of the logits
 * @param multiLabel whether each class is judged by itself
 */
public record StaticShape(
    int embedding, int features, int hidden, List<String> classes, boolean multiLabel)
    implements StudentShape {
  /** The map d → M; {@code .weight} and {@code .bias} follow. */
  public static final String MAP = "map";

  /** The hidden layer, 2 M → F; {@code .weight} and {@code .bias} follow. */
  public static final String DENSE = "classifier.dense";

  /** The logits, F → K; {@code .weight} and {@code .bias} follow. */
  public static final String OUT = "classifier.out_proj";

  public StaticShape {
    classes = List.copyOf(classes);
  }

  @Override
  public StaticShape withMultiLabel(boolean several) {
    return new StaticShape(embedding, features, hidden, classes, several);
  }

  /** There are no positions to run out of. */
  @Override
  public int longest() {
    return StudentConfig.ANY_LENGTH;
  }

  @Override
  public void checkLength(long tokens) {}

  @Override
  public <R> R match(Function<RobertaShape, R> roberta, Function<StaticShape, R> fixed) {
    return fixed.apply(this);
  }

  @Override
  public Map<String, Shape> parameters() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    StudentShape.product(shapes, MAP, features, embedding);
    StudentShape.product(shapes, DENSE, hidden, 2 * features);
    StudentShape.product(shapes, OUT, classes.size(), hidden);
    return shapes;
  }
}

package io.gnomon.student;

import ai.djl.ndarray.types.Shape;
import io.gnomon.config.InputException;
import io.gnomon.nn.Encoder;
import io.gnomon.nn.EncoderShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Sizes and constants of a student that is a RoBERTa encoder.
 *
 * @param embedding d, width of the teacher's embeddings
 * @param encoder sizes of the encoder
 * @param maxPositions longest input in positions, the start vector included
 * @param positionOffset rows of the position table before the first position: 2 in RoBERTa, where
 *     row 1 is padding's, 0 in BERT
 * @param classes names of the K classes, in the order of the logits
 * @param multiLabel whether each class is judged by itself: h is then K sigmoids, not a softmax
 */
public record RobertaShape(
    int embedding,
    EncoderShape encoder,
    int maxPositions,
    int positionOffset,
    List<String> classes,
    boolean multiLabel)
    implements StudentShape {
  /** The offset of RoBERTa's position table. */
  public static final int ROBERTA_OFFSET = 2;

  /** What stands before {@code layer.N} of an encoder parameter. */
  public static final String ENCODER = "roberta.encoder.";

  /** The position table, offset rows first. */
  public static final String POSITIONS = "roberta.embeddings.position_embeddings.weight";

  /** The one row that every position is given. */
  public static final String TOKEN_TYPE = "roberta.embeddings.token_type_embeddings.weight";

  /** The LayerNorm before the encoder; {@code .weight} and {@code .bias} follow. */
  public static final String NORM = "roberta.embeddings.LayerNorm";

  /** The map d → D, where there is one; {@code .weight} and {@code .bias} follow. */
  public static final String MAP = "map";

  /** The start vector, (D). */
  public static final String START = "start";

  /** The first product of the head; {@code .weight} and {@code .bias} follow. */
  public static final String DENSE = "classifier.dense";

  /** The second; {@code .weight} and {@code .bias} follow. */
  public static final String OUT = "classifier.out_proj";

  public RobertaShape {
    classes = List.copyOf(classes);
  }

  /** The shape of a student of one class a text. */
  public RobertaShape(
      int embedding,
      EncoderShape encoder,
      int maxPositions,
      int positionOffset,
      List<String> classes) {
    this(embedding, encoder, maxPositions, positionOffset, classes, false);
  }

  @Override
  public RobertaShape withMultiLabel(boolean several) {
    return new RobertaShape(embedding, encoder, maxPositions, positionOffset, classes, several);
  }

  /** Whether embeddings are mapped to the encoder's width because the two differ. */
  public boolean mapped() {
    return embedding != encoder.hidden();
  }

  /** All positions but the start vector's. */
  @Override
  public int longest() {
    return maxPositions - 1;
  }

  @Override
  public <R> R match(Function<RobertaShape, R> roberta, Function<StaticShape, R> fixed) {
    return roberta.apply(this);
  }

  @Override
  public Map<String, Shape> parameters() {
    int hidden = encoder.hidden();
    Map<String, Shape> shapes = new LinkedHashMap<>();
    if (mapped()) {
      StudentShape.product(shapes, MAP, hidden, embedding);
    }
    shapes.put(START, new Shape(hidden));
    shapes.put(POSITIONS, new Shape(maxPositions + positionOffset, hidden));
    shapes.put(TOKEN_TYPE, new Shape(1, hidden));
    shapes.put(NORM + ".weight", new Shape(hidden));
    shapes.put(NORM + ".bias", new Shape(hidden));
    shapes.putAll(Encoder.shapes(ENCODER, encoder));
    StudentShape.product(shapes, DENSE, hidden, hidden);
    StudentShape.product(shapes, OUT, classes.size(), hidden);
    return shapes;
  }

  /**
   * @throws InputException when {@code tokens} and the start vector are more than {@link
   *     #maxPositions}
   */
  @Override
  public void checkLength(long tokens) {
    if (tokens + 1 > maxPositions) {
      throw new InputException(
          ("student: expected inputs of at most %d tokens (max_positions = %d with the start"
                  + " vector), found T = %d; shorten the inputs or raise student.max_positions")
              .formatted(maxPositions - 1, maxPositions, tokens));
    }
  }
}

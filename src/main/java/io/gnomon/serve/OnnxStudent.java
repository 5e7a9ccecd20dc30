package io.gnomon.serve;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.gnomon.config.InputException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** {@code model.onnx} in ONNX Runtime: token ids in, numbers out. Safe for several threads. */
public final class OnnxStudent implements AutoCloseable {
  /** The graph's inputs, (B, T) int64 both: 1 in the mask at tokens, 0 at padding. */
  public static final String INPUT_IDS = "input_ids";

  /** See {@link #INPUT_IDS}. */
  public static final String ATTENTION_MASK = "attention_mask";

  /** The graph's outputs, (B, K) float32 each. */
  public enum Output {
    /** Before softmax or sigmoid. */
    LOGITS("logits"),
    /** A softmax over the labels, or a sigmoid of each. */
    PROBABILITIES("probabilities");

    private final String key;

    Output(String key) {
      this.key = key;
    }

    /** Its name in the graph. */
    public String key() {
      return key;
    }
  }

  private final OrtSession session;
  private final StudentFile file;

  private OnnxStudent(OrtSession session, StudentFile file) {
    this.session = session;
    this.file = file;
  }

  /**
   * Opens a model.
   *
   * @param threads of one run; 0 leaves ONNX Runtime its own choice, all cores
   * @throws InputException when the file is no ONNX model, or none that was exported here
   */
  public static OnnxStudent open(Path model, int threads) {
    OrtSession session = session(model, threads);
    try {
      return new OnnxStudent(session, describe(session, model));
    } catch (RuntimeException | OrtException e) {
      close(session);
      throw e instanceof RuntimeException runtime ? runtime : unusable(model, (OrtException) e);
    }
  }

  private static OrtSession session(Path model, int threads) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      if (threads > 0) {
        options.setIntraOpNumThreads(threads);
      }
      return OrtEnvironment.getEnvironment().createSession(model.toString(), options);
    } catch (OrtException e) {
      throw unusable(model, e);
    }
  }

  private static StudentFile describe(OrtSession session, Path model) throws OrtException {
    StudentFile file = StudentFile.of(session.getMetadata().getCustomMetadata());
    if (file == null
        || !session.getInputNames().equals(Set.of(INPUT_IDS, ATTENTION_MASK))
        || !session.getOutputNames().contains(Output.PROBABILITIES.key)) {
      throw new InputException(
          model
              + ": expected a student that 'gnomon export' wrote, found another model; export the"
              + " run again");
    }
    return file;
  }

  private static InputException unusable(Path model, OrtException cause) {
    String said = Objects.toString(cause.getMessage(), "no message");
    return new InputException(
        "%s: expected a model that ONNX Runtime opens, found: %s; export the run again"
            .formatted(model, said.lines().findFirst().orElse(said)),
        cause);
  }

  /** What the model says of itself. */
  public StudentFile file() {
    return file;
  }

  /**
   * Runs one batch, padded to its longest row.
   *
   * @param rows B rows of token ids; an empty one is answered too
   * @return (B, K)
   */
  public float[][] run(long[][] rows, Output output) {
    int width = Math.max(1, Arrays.stream(rows).mapToInt(row -> row.length).max().orElse(1));
    long[] ids = new long[rows.length * width];
    long[] mask = new long[rows.length * width];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, ids, row * width, rows[row].length);
      Arrays.fill(mask, row * width, row * width + rows[row].length, 1);
    }
    long[] shape = {rows.length, width};
    try (OnnxTensor idTensor = tensor(ids, shape);
        OnnxTensor maskTensor = tensor(mask, shape);
        OrtSession.Result result =
            session.run(
                Map.of(INPUT_IDS, idTensor, ATTENTION_MASK, maskTensor), Set.of(output.key))) {
      return rows(((OnnxTensor) result.get(0)).getFloatBuffer(), rows.length);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
    }
  }

  private static OnnxTensor tensor(long[] values, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), LongBuffer.wrap(values), shape);
  }

  private static float[][] rows(FloatBuffer flat, int count) {
    float[][] rows = new float[count][flat.remaining() / count];
    for (float[] row : rows) {
      flat.get(row);
    }
    return rows;
  }

  @Override
  public void close() {
    close(session);
  }

  private static void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
    }
  }
}

package io.gnomon.baseline.classical;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * all-MiniLM-L6-v2 (Wang et al. 2020; Reimers &amp; Gurevych 2019) with 8-bit weights, from the jar
 * that LangChain4j ships it in: the mean over a text's word pieces, of length one.
 *
 * <p>Texts go through one at a time. The graph scales its activations to 8 bits by the extremes of
 * the whole batch, so that in company a text's vector would depend on the company. Opened at first
 * use.
 */
final class MiniLm implements Embedder {
  private static final int WIDTH = 384;
  private static final String MODEL = "/all-minilm-l6-v2-q.onnx";
  private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

  /** Word, position and type embeddings with their norm, and six layers of 384 and 1,536. */
  private static final long NUMBERS =
      (30_522L + 512 + 2 + 2) * WIDTH
          + 6L * (4 * (WIDTH * WIDTH + WIDTH) + 2 * WIDTH * 1536 + 1536 + WIDTH + 4 * WIDTH);

  private final int tokens;
  private final int threads;
  private @Nullable Opened opened;

  /** What takes memory outside the heap. */
  private record Opened(OrtSession session, HuggingFaceTokenizer tokenizer) {}

  /**
   * @param tokens longest text in word pieces, with the two that frame it
   * @param threads of ONNX Runtime; 0 for its own choice
   */
  MiniLm(int tokens, int threads) {
    this.tokens = tokens;
    this.threads = threads;
  }

  @Override
  public Embedded embed(List<String> texts) {
    Opened model = opened();
    long start = System.nanoTime();
    float[][] vectors = new float[texts.size()][];
    try {
      for (int i = 0; i < vectors.length; i++) {
        vectors[i] = embed(texts.get(i), model);
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
    }
    return new Embedded(vectors, (System.nanoTime() - start) / 1e9);
  }

  private float[] embed(String text, Opened model) throws OrtException {
    Encoding pieces = model.tokenizer.encode(text, true, false);
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      inputs.put("input_ids", tensor(pieces.getIds()));
      inputs.put("attention_mask", tensor(pieces.getAttentionMask()));
      inputs.put("token_type_ids", tensor(pieces.getTypeIds()));
      try (OrtSession.Result result = model.session.run(inputs)) {
        return mean(((OnnxTensor) result.get(0)).getFloatBuffer()); // (1, T, D)
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static OnnxTensor tensor(long[] values) throws OrtException {
    long[] shape = {1, values.length};
    return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), LongBuffer.wrap(values), shape);
  }

  /** The direction of the mean, which is the direction of the sum. */
  private static float[] mean(FloatBuffer states) {
    float[] sum = new float[WIDTH];
    while (states.hasRemaining()) {
      for (int j = 0; j < WIDTH; j++) {
        sum[j] += states.get();
      }
    }
    Rows.normalize(sum);
    return sum;
  }

  private synchronized Opened opened() {
    if (opened == null) {
      try (InputStream model = resource(MODEL);
          InputStream tokenizer = resource(TOKENIZER)) {
        opened = new Opened(session(model.readAllBytes()), tokenizer(tokenizer));
      } catch (IOException e) {
        throw missing(String.valueOf(e.getMessage()), e);
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
      }
    }
    return opened;
  }

  private OrtSession session(byte[] model) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      if (threads > 0) {
        options.setIntraOpNumThreads(threads);
      }
      return OrtEnvironment.getEnvironment().createSession(model, options);
    }
  }

  private HuggingFaceTokenizer tokenizer(InputStream json) throws IOException {
    return HuggingFaceTokenizer.newInstance(
        json,
        Map.of("truncation", "true", "maxLength", Integer.toString(tokens), "padding", "false"));
  }

  private static InputStream resource(String name) {
    InputStream in = MiniLm.class.getResourceAsStream(name);
    if (in == null) {
      throw missing("none", null);
    }
    return in;
  }

  private static InputException missing(String found, @Nullable Throwable cause) {
    String message =
        "embeddings: expected MiniLM in LangChain4j's jar on the class path, found "
            + found
            + "; build Gnomon again, or take other features";
    return cause == null ? new InputException(message) : new InputException(message, cause);
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public long numbers() {
    return NUMBERS;
  }

  @Override
  public String description() {
    return "all-minilm-l6-v2-q, mean of at most " + tokens + " word pieces";
  }

  @Override
  public synchronized void close() {
    if (opened != null) {
      opened.tokenizer.close();
      try {
        opened.session.close();
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
      }
      opened = null;
    }
  }
}

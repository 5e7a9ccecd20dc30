package io.gnomon.baseline.classical;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the learners can be told.
 *
 * @param cost LIBLINEAR's C, the weight of the loss against ½‖w‖²; 1, its default and the usual
 *     choice for tf-idf rows of length one, unless a development set says otherwise
 * @param threads of XGBoost and ONNX Runtime; 0 leaves them their own choice
 * @param tokens longest text that is embedded, in word pieces with the two that frame it; what
 *     follows is cut off. MiniLM was trained on 128 and takes up to 512
 * @param embeddings folder that keeps embeddings for later runs, or none
 */
public record ClassicalSettings(double cost, int threads, int tokens, @Nullable Path embeddings) {
  private static final int FRAME = 2;
  private static final int POSITIONS = 512;

  /** Checks the ranges. */
  public ClassicalSettings {
    if (!(cost > 0) || threads < 0 || tokens <= FRAME || tokens > POSITIONS) {
      throw new IllegalArgumentException(
          ("expected cost > 0, threads >= 0 and tokens from 3 to 512, found cost %s, threads %d,"
                  + " tokens %d")
              .formatted(cost, threads, tokens));
    }
  }

  /** C = 1, 128 tokens, one thread, nothing kept. */
  public static ClassicalSettings standard() {
    return new ClassicalSettings(1, 1, 128, null);
  }
}

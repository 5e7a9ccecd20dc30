package io.gnomon.sampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gnomon.teacher.EmbeddingTable;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens speak for a class, as the teacher sees it without any text: the scores of all tokens
 * along the mean gradient of log g_k − mean_j log g_j over the positions of Zipf sequences. The
 * difference is taken because it does not vanish where the teacher is sure.
 */
final class Steering {
  /** Sequences averaged over. */
  private static final int SAMPLES = 256;

  private static final int BATCH = 32;

  private final TeacherView view;
  private final Sampler inputs;
  private final HostTable centred;
  private float @Nullable [][] scores;

  Steering(TeacherView view, Sampler inputs, HostTable centred) {
    this.view = view;
    this.inputs = inputs;
    this.centred = centred;
  }

  /** scores ← (1 − share) · scores + share · those of a class drawn now, standardized again. */
  void mix(float[] own, double share, SplittableRandom random) {
    float[] towards = scores()[random.nextInt(view.classes())];
    for (int v = 0; v < own.length; v++) {
      own[v] = (float) ((1 - share) * own[v] + share * towards[v]);
    }
    Scores.standardize(own);
  }

  /** K rows of V', made at the first call: only then is the teacher asked. */
  private synchronized float[][] scores() {
    if (scores == null) {
      float[][] made = new float[view.classes()][];
      for (int k = 0; k < made.length; k++) {
        made[k] = centred.scores(direction(k));
        Scores.standardize(made[k]);
      }
      scores = made;
    }
    return scores;
  }

  private float[] direction(int ofClass) {
    float[] sum = new float[centred.dimension()];
    EmbeddingTable table = view.table();
    for (int index = 0; index < SAMPLES / BATCH; index++) {
      try (NDManager local = table.weight().getManager().newSubManager()) {
        NDArray x = inputs.sample(local, -1 - index, BATCH); // no batch of training
        NDArray gradient = view.confidence().gradient(x, contrast(ofClass)); // (B, T, d)
        float[] mean = gradient.mean(new int[] {0}).mean(new int[] {0}).toFloatArray();
        for (int i = 0; i < sum.length; i++) {
          sum[i] += mean[i];
        }
      }
    }
    return sum;
  }

  private float[] contrast(int ofClass) {
    int classes = view.classes();
    float[] weights = new float[BATCH * classes];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (i % classes == ofClass ? 1f : 0f) - 1f / classes;
    }
    return weights;
  }
}

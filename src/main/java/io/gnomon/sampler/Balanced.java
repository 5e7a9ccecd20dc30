package io.gnomon.sampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gnomon.config.DerivedSamplerConfig;
import java.util.SplittableRandom;

/**
 * Of several times as many sequences of another sampler those on which the teacher's answers are
 * spread evenly. Each place of a batch wants a class, all alike in number, and a probability of it,
 * uniform on [1/K, 1]; it takes the sequence left whose answer comes nearest.
 */
public final class Balanced implements Sampler {
  private final Draws draws;
  private final Sampler of;
  private final Confidence confidence;
  private final int classes;
  private final int candidates;

  Balanced(Draws draws, Sampler of, TeacherView view, DerivedSamplerConfig.Balanced config) {
    this.draws = draws;
    this.of = of;
    this.confidence = view.confidence();
    this.classes = view.classes();
    this.candidates = config.candidates();
  }

  @Override
  public NDArray sample(NDManager manager, long index, int batch) {
    try (NDManager local = manager.newSubManager()) {
      NDArray x = of.sample(local, index, batch * candidates); // (C·B, T, d)
      float[] g = confidence.probabilities(x).toFloatArray();
      NDArray taken = x.get(local.create(choose(g, batch, draws.choice(index))));
      taken.attach(manager);
      return taken;
    }
  }

  private long[] choose(float[] g, int batch, SplittableRandom random) {
    boolean[] gone = new boolean[g.length / classes];
    long[] chosen = new long[batch];
    int first = random.nextInt(classes);
    for (int row = 0; row < batch; row++) {
      double wanted = 1 - random.nextDouble() * (classes - 1) / classes;
      int best = nearest(g, gone, (first + row) % classes, wanted);
      gone[best] = true;
      chosen[row] = best;
    }
    return chosen;
  }

  private int nearest(float[] g, boolean[] gone, int ofClass, double wanted) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int row = 0; row < gone.length; row++) {
      double distance = Math.abs(g[row * classes + ofClass] - wanted);
      if (!gone[row] && (best < 0 || distance < least)) {
        best = row;
        least = distance;
      }
    }
    return best;
  }
}

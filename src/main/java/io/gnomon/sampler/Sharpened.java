package io.gnomon.sampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gnomon.config.DerivedSamplerConfig;

/**
 * Another sampler's sequences after some steps of gradient ascent on the logarithm of the teacher's
 * probability of a class. Row i of batch n is moved towards class (i + o_n) mod K with o_n drawn a
 * batch, so that the classes of a batch differ in number by one at most.
 *
 * <p>A step is the gradient brought to a root mean square of {@code step} embedding-table units
 * over the sequence: how sure the teacher is already, on which a gradient's length depends, does
 * not set the pace. What comes out is no longer made of tokens, unless each vector is put back onto
 * the nearest embedding at the end.
 */
public final class Sharpened implements Sampler {
  private final Draws draws;
  private final Sampler of;
  private final Confidence confidence;
  private final int classes;
  private final int steps;
  private final double length;
  private final boolean project;
  private final Projector projector;

  Sharpened(Draws draws, Sampler of, TeacherView view, DerivedSamplerConfig.Sharpened config) {
    this.draws = draws;
    this.of = of;
    this.confidence = view.confidence();
    this.classes = view.classes();
    this.steps = config.steps();
    this.length = config.step() * rootMeanSquare(view);
    this.project = config.project();
    this.projector = new Projector(view.table(), view.tokensByRank());
  }

  private static double rootMeanSquare(TeacherView view) {
    try (NDArray squares = view.table().weight().square();
        NDArray mean = squares.mean()) {
      return Math.sqrt(mean.getFloat());
    }
  }

  @Override
  public NDArray sample(NDManager manager, long index, int batch) {
    try (NDManager local = manager.newSubManager()) {
      NDArray x = of.sample(local, index, batch);
      float[] towards = towards(index, batch);
      for (int step = 0; step < steps; step++) {
        NDArray gradient = confidence.gradient(x, towards); // (B, T, d)
        x = x.add(gradient.mul(pace(gradient)));
      }
      NDArray last = project ? projector.nearest(local, x) : x;
      last.attach(manager);
      return last;
    }
  }

  /** What each sequence's gradient is multiplied by, (B, 1, 1); one of zero stays zero. */
  private NDArray pace(NDArray gradient) {
    long batch = gradient.getShape().get(0);
    NDArray squares = gradient.square().reshape(batch, -1); // (B, T · d)
    NDArray root = squares.mean(new int[] {1}).sqrt().maximum(Float.MIN_NORMAL);
    return root.pow(-1).mul((float) length).reshape(batch, 1, 1);
  }

  private float[] towards(long index, int batch) {
    int first = draws.choice(index).nextInt(classes);
    float[] weights = new float[batch * classes];
    for (int row = 0; row < batch; row++) {
      weights[row * classes + (first + row) % classes] = 1;
    }
    return weights;
  }
}

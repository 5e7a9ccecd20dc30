package io.gnomon.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.gnomon.config.SamplerConfig;
import io.gnomon.config.TaskConfig;
import io.gnomon.geometry.Geometry;
import io.gnomon.geometry.SampledFunction;
import io.gnomon.sampler.Sampler;
import io.gnomon.teacher.EmbeddingSpace;
import io.gnomon.teacher.Teacher;
import io.gnomon.tensor.Matrices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a sampler looks like to a teacher: the answers to its sequences, and where its vectors lie
 * (DESIGN §1, "Why this matters").
 */
public final class SamplerPortrait {
  private static final int BATCH = 32;

  /** Vectors of which the nearest token is told. */
  private static final int NAMED = 8;

  /** A token and the cosine of its embedding with a vector. */
  public record Near(String token, double cosine) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s (%.2f)", token, cosine);
    }
  }

  private final double[][] g;
  private final double vectorCosine;
  private final double meanCosine;
  private final List<Near> nearest;

  private SamplerPortrait(
      double[][] g, double vectorCosine, double meanCosine, List<Near> nearest) {
    this.g = g;
    this.vectorCosine = vectorCosine;
    this.meanCosine = meanCosine;
    this.nearest = List.copyOf(nearest);
  }

  /**
   * Draws {@code count} sequences and asks the teacher about each.
   *
   * @param setup the teacher, at the prompt of {@code task}
   * @param count N, at least 2
   * @throws io.gnomon.config.InputException when the sampler cannot draw from this teacher
   */
  public static SamplerPortrait of(
      TeacherSetup setup, TaskConfig task, SamplerConfig sampler, int count, long seed) {
    Teacher teacher = setup.teacher();
    EmbeddingSpace space = setup.model().space();
    Sampler inputs =
        TeacherSetup.sampler(space, task, sampler, seed, new TeacherConfidence(() -> teacher));
    double[][] g = new double[count][];
    CosineMean vectors = new CosineMean(space.embeddings().dimension());
    CosineMean means = new CosineMean(space.embeddings().dimension());
    List<Near> nearest = new ArrayList<>();
    for (int first = 0; first < count; first += BATCH) {
      int rows = Math.min(BATCH, count - first);
      try (NDScope scope = new NDScope();
          NDManager local = space.manager().newSubManager()) {
        scope.suppressNotUsedWarning();
        NDArray x = inputs.sample(local, first / BATCH, rows); // (B, T, d)
        double[][] answers =
            Matrices.ofDoubles(teacher.probabilities(x).toFloatArray(), teacher.classes().size());
        System.arraycopy(answers, 0, g, first, rows);
        add(x, vectors, means);
        if (first == 0) {
          nearest.addAll(nearest(x, space));
        }
      }
    }
    return new SamplerPortrait(g, vectors.mean(), means.mean(), nearest);
  }

  /** Spread of g over the samples, see {@link Geometry#spread}. */
  public double spread() {
    return Geometry.spread(SampledFunction.of(g));
  }

  /** α₀, see {@link Geometry#floor}. */
  public double floor() {
    return Geometry.floor(SampledFunction.of(g));
  }

  /** (N) the probability of class {@code k} at each sample. */
  public double[] probabilities(int k) {
    return Arrays.stream(g).mapToDouble(row -> row[k]).toArray();
  }

  /** Share of the samples, 0 … 1, at which no class is likelier than class {@code k}. */
  public double share(int k) {
    return (double)
            Arrays.stream(g)
                .filter(row -> Arrays.stream(row).allMatch(other -> other <= row[k]))
                .count()
        / g.length;
  }

  /** Mean cosine between two different vectors, of whatever sequence. */
  public double vectorCosine() {
    return vectorCosine;
  }

  /** Mean cosine between the means of two different sequences. */
  public double meanCosine() {
    return meanCosine;
  }

  /** Of the first vectors of the first sequence, the nearest token each. */
  public List<Near> nearest() {
    return nearest;
  }

  private static void add(NDArray x, CosineMean vectors, CosineMean means) {
    int length = (int) x.getShape().get(1);
    int width = (int) x.getShape().get(2);
    float[] flat = x.toFloatArray();
    for (int row = 0; row < flat.length / (length * width); row++) {
      double[] mean = new double[width];
      for (int t = 0; t < length; t++) {
        double[] vector = new double[width];
        for (int i = 0; i < width; i++) {
          vector[i] = flat[(row * length + t) * width + i];
          mean[i] += vector[i] / length;
        }
        vectors.add(vector);
      }
      means.add(mean);
    }
  }

  private static List<Near> nearest(NDArray x, EmbeddingSpace space) {
    NDArray table = space.embeddings().weight(); // (V, d)
    NDArray lengths = table.square().sum(new int[] {1}).sqrt().add(1e-12f); // (V)
    NDArray own = x.get(0).get("0:" + Math.min(NAMED, x.getShape().get(1))); // (n, d)
    NDArray norms = own.square().sum(new int[] {1}, true).sqrt(); // (n, 1)
    NDArray cosines = own.matMul(table.transpose()).div(lengths).div(norms); // (n, V)
    long[] ids = cosines.argMax(1).toLongArray();
    float[] best = cosines.max(new int[] {1}).toFloatArray();
    List<Near> nearest = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      nearest.add(new Near(space.tokenizer().token(ids[i]), best[i]));
    }
    return nearest;
  }
}

package io.gnomon.geometry;

import java.util.OptionalInt;

/**
 * How answers of K numbers are compared: as a distribution over classes of which one is right, or
 * as K labels of which each is judged by itself. Functions given here are N×K, the K probabilities
 * at each sample.
 */
public sealed interface AnswerSpace {
  /**
   * The vector whose norms and angles count (Eq. 6–16); {@link Geometry} takes it from there, the
   * floor α_0 included.
   */
  SampledFunction vector(SampledFunction answers);

  /** How far g moves over the samples, as a standard deviation of a probability. */
  double spread(SampledFunction g);

  /** Share of decisions, 0 … 1, on which g and h agree. */
  double agreement(SampledFunction g, SampledFunction h);

  /** The {@link #agreement} that the best constant reaches with g. */
  double agreementFloor(SampledFunction g);

  /** Classes that exclude each other; all of them count, or one alone. */
  static AnswerSpace classes(OptionalInt component) {
    return new OneClass(component);
  }

  /** Labels that do not exclude each other. */
  static AnswerSpace labels() {
    return new EachLabel();
  }

  /**
   * One class is right: a decision is the likeliest class.
   *
   * @param component the coordinate that alone counts for angles; empty for all
   */
  record OneClass(OptionalInt component) implements AnswerSpace {
    @Override
    public SampledFunction vector(SampledFunction answers) {
      return answers.restricted(component);
    }

    @Override
    public double spread(SampledFunction g) {
      return Geometry.spread(vector(g));
    }

    @Override
    public double agreement(SampledFunction g, SampledFunction h) {
      return Geometry.agreement(g, h);
    }

    @Override
    public double agreementFloor(SampledFunction g) {
      return Geometry.agreementFloor(g);
    }
  }

  /**
   * Each label is a function of two classes, there with p and not with 1 − p. Inner products are
   * the mean over labels of those of these K functions, so that norms are as for two classes: ⟨u,v⟩
   * = 1/(N K) Σ_i Σ_k (u_k v_k + (1 − u_k)(1 − v_k)). α and c* are those of the N·K pairs. The
   * floor's constant has one pair a label, as a student has that ignores its input.
   *
   * <p>A decision is a label at a sample, yes from one half on; agreement is the share of all N·K
   * decisions that are the same, and its floor that of the constant which gives each label the
   * teacher's more frequent decision. The spread is the root mean square over labels of the
   * standard deviation of p.
   */
  record EachLabel() implements AnswerSpace {
    @Override
    public SampledFunction vector(SampledFunction answers) {
      return answers.pairs();
    }

    @Override
    public double spread(SampledFunction g) {
      return Geometry.spread(g);
    }

    @Override
    public double agreement(SampledFunction g, SampledFunction h) {
      g.requireSameShape(h);
      boolean[][] left = g.yes();
      boolean[][] right = h.yes();
      long same = 0;
      for (int i = 0; i < left.length; i++) {
        for (int k = 0; k < left[i].length; k++) {
          same += left[i][k] == right[i][k] ? 1 : 0;
        }
      }
      return (double) same / decisions(g);
    }

    @Override
    public double agreementFloor(SampledFunction g) {
      int[] yes = new int[g.coordinates()];
      for (boolean[] row : g.yes()) {
        for (int k = 0; k < row.length; k++) {
          yes[k] += row[k] ? 1 : 0;
        }
      }
      long same = 0;
      for (int count : yes) {
        same += Math.max(count, g.samples() - count);
      }
      return (double) same / decisions(g);
    }

    private static long decisions(SampledFunction g) {
      return (long) g.samples() * g.coordinates();
    }
  }
}

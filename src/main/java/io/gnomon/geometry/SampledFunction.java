package io.gnomon.geometry;

import java.util.OptionalInt;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A function known at N sampled inputs, with K values at each: a vector of the Hilbert space in
 * which g and h live (Eq. 6). Everything is float64.
 *
 * <p>The one class that computes with ND4J. Its reductions run on the calling thread alone: N·K is
 * some thousands, where a second thread costs more than it brings, and a fixed order of summation
 * makes a resumed run repeat its trace to the last digit.
 */
public final class SampledFunction {
  static {
    StatisticsBackend.load();
  }

  private final INDArray values;

  private SampledFunction(INDArray values) {
    this.values = values;
  }

  /**
   * A function from its values.
   *
   * @param values N rows of K values each; copied
   * @throws IllegalArgumentException when there are no values, rows differ in length, or a value is
   *     not finite
   */
  public static SampledFunction of(double[][] values) {
    if (values.length == 0 || values[0].length == 0) {
      throw new IllegalArgumentException("sampled function: expected N×K values, found none");
    }
    for (int row = 0; row < values.length; row++) {
      check(values[row], row, values[0].length);
    }
    return new SampledFunction(Nd4j.createFromArray(values));
  }

  private static void check(double[] row, int index, int columns) {
    if (row.length != columns) {
      throw new IllegalArgumentException(
          "sampled function: row %d has %d values, row 0 has %d"
              .formatted(index, row.length, columns));
    }
    for (int column = 0; column < columns; column++) {
      if (!Double.isFinite(row[column])) {
        throw new IllegalArgumentException(
            "sampled function: value [%d][%d] is %s, expected a finite number"
                .formatted(index, column, row[column]));
      }
    }
  }

  /** N, the number of samples. */
  public int samples() {
    return (int) values.size(0);
  }

  /** K, the number of values at each sample. */
  public int coordinates() {
    return (int) values.size(1);
  }

  /**
   * ⟨u, v⟩ = 1/N Σ_i Σ_k u_k(x_i) v_k(x_i) (Eq. 6).
   *
   * @throws IllegalArgumentException when the shapes differ
   */
  public double inner(SampledFunction other) {
    requireSameShape(other);
    return values.mul(other.values).sumNumber().doubleValue() / samples();
  }

  /** ‖u‖ = √⟨u, u⟩ (Eq. 11). */
  public double norm() {
    return Math.sqrt(inner(this));
  }

  /**
   * The k-th coordinate alone, N×1: one class in place of the simplex.
   *
   * @throws IllegalArgumentException when k is not in 0 … K−1
   */
  public SampledFunction component(int k) {
    if (k < 0 || k >= coordinates()) {
      throw new IllegalArgumentException(
          "component %d: expected 0 to %d".formatted(k, coordinates() - 1));
    }
    return new SampledFunction(
        values.get(NDArrayIndex.all(), NDArrayIndex.interval(k, k + 1)).dup('c'));
  }

  /** The coordinate {@code k} alone, where there is one; otherwise the function itself. */
  public SampledFunction restricted(OptionalInt k) {
    return k.isPresent() ? component(k.getAsInt()) : this;
  }

  /**
   * K probabilities p_k as K functions of two classes, N×2K: p_k/√K, then (1 − p_k)/√K, so that
   * inner products are means over the K functions.
   */
  SampledFunction pairs() {
    INDArray both = Nd4j.concat(1, values, values.rsub(1));
    return new SampledFunction(both.muli(1 / Math.sqrt(coordinates())));
  }

  /** Which values are one half or more, N×K. */
  boolean[][] yes() {
    double[][] rows = values.toDoubleMatrix();
    boolean[][] yes = new boolean[rows.length][coordinates()];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < rows[i].length; k++) {
        yes[i][k] = rows[i][k] >= 0.5;
      }
    }
    return yes;
  }

  /** The constant function whose value everywhere is the mean over the samples. */
  SampledFunction mean() {
    INDArray row = values.mean(true, 0);
    // By broadcasting, not as a matrix product: that would wake OpenBLAS and its threads.
    return new SampledFunction(
        Nd4j.zeros(DataType.DOUBLE, samples(), coordinates()).addRowVector(row));
  }

  /** u + v. */
  SampledFunction plus(SampledFunction other) {
    requireSameShape(other);
    return new SampledFunction(values.add(other.values));
  }

  /** u − v. */
  SampledFunction minus(SampledFunction other) {
    requireSameShape(other);
    return new SampledFunction(values.sub(other.values));
  }

  /** a·u. */
  SampledFunction times(double factor) {
    return new SampledFunction(values.mul(factor));
  }

  /** The index of the largest value at each sample; the first of equals. */
  int[] argmax() {
    return values.argMax(1).toIntVector();
  }

  void requireSameShape(SampledFunction other) {
    if (samples() != other.samples() || coordinates() != other.coordinates()) {
      throw new IllegalArgumentException(
          "sampled functions: %d×%d values against %d×%d"
              .formatted(samples(), coordinates(), other.samples(), other.coordinates()));
    }
  }
}

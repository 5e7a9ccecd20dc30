package io.gnomon.student;

import ai.djl.ndarray.NDArray;
import io.gnomon.nn.Parameters;
import io.gnomon.tensor.Kernels;
import io.gnomon.tensor.Precision;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** The kernels of {@code student.ts.py} and their arguments. */
final class StudentKernels {
  private StudentKernels() {}

  static Kernels load(RobertaShape shape, double dropout, Precision precision) {
    return Kernels.load(
        StudentKernels.class,
        "student.ts.py",
        Map.of(
            "OFFSET", Integer.toString(shape.positionOffset()),
            "DROPOUT", decimal(dropout),
            "SCALAR_TYPE", Integer.toString(precision.scalarType()),
            "EPSILON", decimal(shape.encoder().epsilon())));
  }

  /** The weight and bias called {@code name}. */
  static NDArray[] product(Parameters parameters, String name) {
    return new NDArray[] {parameters.get(name + ".weight"), parameters.get(name + ".bias")};
  }

  /** {@code first}, then {@code weights}. */
  static NDArray[] with(NDArray[] weights, NDArray... first) {
    NDArray[] all = Arrays.copyOf(first, first.length + weights.length);
    System.arraycopy(weights, 0, all, first.length, weights.length);
    return all;
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.17f", value);
  }
}

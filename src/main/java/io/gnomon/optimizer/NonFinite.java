package io.gnomon.optimizer;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was NaN or infinite in a step, found before anything was updated.
 *
 * @param loss the loss of the step
 * @param gradientNorm L2 norm of all gradients, before clipping
 * @param gradients names of the parameters whose gradient is not finite
 * @param parameters names of the parameters that are not finite themselves
 */
public record NonFinite(
    double loss, double gradientNorm, List<String> gradients, List<String> parameters) {
  private static final int NAMED = 3;

  public NonFinite {
    gradients = List.copyOf(gradients);
    parameters = List.copyOf(parameters);
  }

  /**
   * Looks at two numbers that the step knows anyway; the arrays are searched only when one of them
   * is not finite.
   *
   * @return empty when both are finite
   */
  public static Optional<NonFinite> find(
      double loss, double gradientNorm, Gradients gradients, Map<String, NDArray> parameters) {
    if (Double.isFinite(loss) && Double.isFinite(gradientNorm)) {
      return Optional.empty();
    }
    return Optional.of(of(loss, gradientNorm, gradients, parameters));
  }

  static NonFinite of(
      double loss, double gradientNorm, Gradients gradients, Map<String, NDArray> parameters) {
    return new NonFinite(loss, gradientNorm, gradients.nonFinite(), namesIn(parameters));
  }

  /** One line: the two numbers and which arrays are to blame. */
  public String describe() {
    return "loss %s, gradient norm %s; not finite: %s; %s"
        .formatted(
            loss, gradientNorm, named("gradient", gradients), named("parameter", parameters));
  }

  static List<String> namesIn(Map<String, NDArray> arrays) {
    List<String> names = new ArrayList<>();
    arrays.forEach(
        (name, array) -> {
          if (!isFinite(array)) {
            names.add(name);
          }
        });
    return names;
  }

  private static boolean isFinite(NDArray array) {
    for (float value : array.toFloatArray()) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  private static String named(String what, List<String> names) {
    if (names.isEmpty()) {
      return "no " + what;
    }
    String first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    String rest = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
    return what + " of " + first + rest;
  }
}

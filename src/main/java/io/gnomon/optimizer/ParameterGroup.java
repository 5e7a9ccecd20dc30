package io.gnomon.optimizer;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parameters that are stepped alike.
 *
 * @param names which, in the order of the model
 * @param weightDecay λ, 0 where none acts
 * @param rate multiple of the learning rate
 */
record ParameterGroup(List<String> names, double weightDecay, double rate) {
  /** Sorts {@code parameters} by decay and rate. */
  static List<ParameterGroup> of(
      Map<String, NDArray> parameters, double weightDecay, Map<String, Double> rates) {
    Map<List<Double>, List<String>> sorted = new LinkedHashMap<>();
    parameters.forEach(
        (name, parameter) -> {
          double decay = decays(name, parameter) ? weightDecay : 0;
          List<Double> key = List.of(decay, rates.getOrDefault(name, 1.0));
          sorted.computeIfAbsent(key, unused -> new ArrayList<>()).add(name);
        });
    return sorted.entrySet().stream()
        .map(e -> new ParameterGroup(e.getValue(), e.getKey().get(0), e.getKey().get(1)))
        .toList();
  }

  private static boolean decays(String name, NDArray parameter) {
    return parameter.getShape().dimension() >= 2
        && !name.contains("embed")
        && !name.contains("LayerNorm")
        && !name.endsWith(".bias");
  }
}

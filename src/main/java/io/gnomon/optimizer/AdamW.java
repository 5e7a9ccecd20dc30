package io.gnomon.optimizer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.gnomon.config.OptimizerConfig;
import io.gnomon.tensor.InPlace;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * AdamW (Loshchilov &amp; Hutter 2019) with its state in the open. With the gradient g of step t
 * and the rate r:
 *
 * <pre>
 * p ← p − r·λ·p            (matrices only)
 * m ← β₁ m + (1 − β₁) g
 * v ← β₂ v + (1 − β₂) g²
 * p ← p − r · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
 * </pre>
 *
 * <p>Decay acts on arrays of two and more dimensions that are no embedding: biases, LayerNorm,
 * position and token-type tables and vectors go without. Everything is done in place, in one kernel
 * a group of parameters. With {@link #state} and {@link #restore} a run goes on to the last bit.
 */
public final class AdamW implements AutoCloseable {
  private static final String STEP = "step";
  private static final String FIRST = "m.";
  private static final String SECOND = "v.";

  private final Map<String, NDArray> parameters;
  private final OptimizerConfig config;
  private final List<ParameterGroup> groups;
  private final NDManager manager;
  private final NDManager host;
  private final Map<String, NDArray> first = new LinkedHashMap<>();
  private final Map<String, NDArray> second = new LinkedHashMap<>();
  private final NDArray count;
  private final StepGuard unguarded;

  /**
   * @param parent owner of the moments
   * @param parameters what is to be trained, by name; updated in place
   * @param rates multiples of the learning rate, by parameter name; 1 where a name is missing
   */
  public AdamW(
      NDManager parent,
      Map<String, NDArray> parameters,
      OptimizerConfig config,
      Map<String, Double> rates) {
    this.parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    this.config = config;
    this.groups = ParameterGroup.of(this.parameters, config.weightDecay(), rates);
    this.manager = parent.newSubManager();
    this.host = manager.newSubManager(Device.cpu());
    this.count = manager.zeros(new Shape(), DataType.FLOAT32);
    this.unguarded = new StepGuard(manager);
    this.parameters.forEach(
        (name, parameter) -> {
          first.put(name, manager.zeros(parameter.getShape(), parameter.getDataType()));
          second.put(name, manager.zeros(parameter.getShape(), parameter.getDataType()));
        });
  }

  /** How many steps were made, up to the first that a guard stopped; waits for the device. */
  public long steps() {
    return (long) count.getFloat();
  }

  /**
   * Updates every parameter.
   *
   * @param gradients one for each parameter
   * @param learningRate r of this step, before the multiples
   */
  public void step(Gradients gradients, double learningRate) {
    step(gradients, learningRate, unguarded);
  }

  /**
   * Updates every parameter, or from the first step that {@code guard} found bad nothing at all:
   * not the moments, nor the count of steps. The host does not wait.
   *
   * @param gradients one for each parameter
   * @param learningRate r of this step, before the multiples
   * @param guard which has watched this step
   */
  public void step(Gradients gradients, double learningRate, StepGuard guard) {
    TensorLists.write("count", count, guard.bad());
    for (ParameterGroup group : groups) {
      update(group, gradients, guard, learningRate * group.rate());
    }
  }

  private void update(ParameterGroup group, Gradients gradients, StepGuard guard, double rate) {
    List<String> names = group.names();
    double[] settings = {
      rate, config.beta1(), config.beta2(), group.weightDecay(), config.epsilon()
    };
    List<List<NDArray>> lists =
        List.of(
            names.stream().map(parameters::get).toList(),
            names.stream().map(gradients::get).toList(),
            names.stream().map(first::get).toList(),
            names.stream().map(second::get).toList(),
            Collections.nCopies(names.size(), count));
    try (NDArray numbers = host.create(settings)) {
      TensorLists.call("adamw", lists, guard.bad(), numbers).close();
    }
  }

  /**
   * Everything that the next step depends on besides the parameters: {@code step} (1), exact up to
   * 2²⁴ steps, and {@code m.NAME}, {@code v.NAME} of each parameter. The arrays are live: copy them
   * out before the next step, and do not close them, except {@code step}.
   */
  public Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>();
    state.put(STEP, host.create(new float[] {count.getFloat()}));
    first.forEach((name, array) -> state.put(FIRST + name, array));
    second.forEach((name, array) -> state.put(SECOND + name, array));
    return state;
  }

  /**
   * Goes back to a state that {@link #state} gave.
   *
   * @throws IllegalArgumentException when an array is missing or has another size
   */
  public void restore(Map<String, float[]> state) {
    InPlace.assign(count, array(state, STEP, 1));
    first.replaceAll((name, old) -> replacement(old, state, FIRST + name));
    second.replaceAll((name, old) -> replacement(old, state, SECOND + name));
  }

  private NDArray replacement(NDArray old, Map<String, float[]> state, String name) {
    Shape shape = old.getShape();
    NDArray restored = manager.create(array(state, name, shape.size()), shape);
    old.close();
    return restored;
  }

  private static float[] array(Map<String, float[]> state, String name, long size) {
    float[] values = state.get(name);
    if (values == null || values.length != size) {
      throw new IllegalArgumentException(
          "optimizer state: expected %d numbers in %s, found %s"
              .formatted(size, name, values == null ? "none" : values.length));
    }
    return values;
  }

  @Override
  public void close() {
    manager.close();
  }
}

package io.gnomon.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named arrays of a model, in a fixed order, under the names that Hugging Face checkpoints use.
 *
 * <p>Trainable parameters require a gradient, frozen ones never do. Every array belongs to the
 * manager given at construction and lives as long as that.
 */
public final class Parameters implements AutoCloseable {
  private final NDManager manager;
  private final boolean trainable;
  private final Map<String, NDArray> arrays = new LinkedHashMap<>();

  /**
   * @param parent owner of the arrays; closing either frees them
   * @param trainable whether each array added shall require a gradient
   */
  public Parameters(NDManager parent, boolean trainable) {
    this.manager = parent.newSubManager();
    this.trainable = trainable;
  }

  /**
   * Takes over {@code array} under {@code name} and returns it.
   *
   * @throws IllegalArgumentException when the name is taken
   */
  public NDArray add(String name, NDArray array) {
    if (arrays.containsKey(name)) {
      throw new IllegalArgumentException("parameter " + name + " is there already");
    }
    array.attach(manager);
    // The array itself stays nameless: DJL reads a dot in an input's name as a key of a dictionary.
    array.setName(null);
    if (trainable) {
      array.setRequiresGradient(true);
    }
    arrays.put(name, array);
    return array;
  }

  /**
   * The array named {@code name}.
   *
   * @throws IllegalArgumentException when there is none
   */
  public NDArray get(String name) {
    NDArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException("no parameter " + name + " among " + arrays.keySet());
    }
    return array;
  }

  /** Whether {@code name} is there. */
  public boolean has(String name) {
    return arrays.containsKey(name);
  }

  /** Every array by name, in the order they were added. */
  public Map<String, NDArray> arrays() {
    return Collections.unmodifiableMap(arrays);
  }

  /** The manager that new arrays of this model may be made in. */
  public NDManager manager() {
    return manager;
  }

  /** Number of scalars in all arrays. */
  public long count() {
    return arrays.values().stream().mapToLong(NDArray::size).sum();
  }

  @Override
  public void close() {
    manager.close();
  }
}

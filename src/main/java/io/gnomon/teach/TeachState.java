package io.gnomon.teach;

import ai.djl.ndarray.NDArray;
import io.gnomon.checkpoint.SafetensorsFile;
import io.gnomon.checkpoint.SafetensorsWriter;
import io.gnomon.checkpoint.StoredTensor;
import io.gnomon.checkpoint.StoredType;
import io.gnomon.config.InputException;
import io.gnomon.optimizer.AdamW;
import io.gnomon.tensor.InPlace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The complete state of teaching in one file, so that a killed run goes on where it was. */
final class TeachState {
  private static final String WEIGHT = "weight.";
  private static final String MEAN = "mean.";
  private static final String OPTIMIZER = "optimizer.";

  private final Path file;
  private final String fingerprint;

  /**
   * The state in {@code folder}.
   *
   * @param fingerprint of the configuration; a state of another one is refused
   */
  TeachState(Path folder, String fingerprint) {
    this.file = folder.resolve("state.safetensors");
    this.fingerprint = fingerprint;
  }

  /** The file, as messages name it. */
  @Override
  public String toString() {
    return file.toString();
  }

  boolean exists() {
    return Files.isRegularFile(file);
  }

  void save(int step, Map<String, NDArray> weights, RunningMean mean, AdamW optimizer) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    weights.forEach((name, array) -> tensors.put(WEIGHT + name, stored(array)));
    mean.arrays().forEach((name, array) -> tensors.put(MEAN + name, stored(array)));
    Map<String, NDArray> moments = optimizer.state();
    moments.forEach((name, array) -> tensors.put(OPTIMIZER + name, stored(array)));
    // The only array that was made for the asking: the moments are live.
    Objects.requireNonNull(moments.get("step")).close();
    SafetensorsWriter.write(
        file, tensors, Map.of("step", Integer.toString(step), "configuration", fingerprint));
  }

  /** Fills everything in and returns the step that the state was saved behind. */
  int restore(Map<String, NDArray> weights, RunningMean mean, AdamW optimizer) {
    try (SafetensorsFile state = SafetensorsFile.open(file)) {
      if (!fingerprint.equals(state.metadata().get("configuration"))) {
        throw new InputException(
            file
                + ": expected a state of this configuration, found one of another; restore the"
                + " configuration, or remove the file to begin anew");
      }
      fill(weights, WEIGHT, state);
      fill(mean.arrays(), MEAN, state);
      Map<String, float[]> moments = new HashMap<>();
      for (String name : state.names()) {
        if (name.startsWith(OPTIMIZER)) {
          moments.put(name.substring(OPTIMIZER.length()), state.floats(name));
        }
      }
      optimizer.restore(moments);
      return Integer.parseInt(state.metadata().getOrDefault("step", "0"));
    }
  }

  private static void fill(Map<String, NDArray> arrays, String prefix, SafetensorsFile state) {
    arrays.forEach((name, array) -> InPlace.assign(array, state.floats(prefix + name)));
  }

  private static StoredTensor stored(NDArray array) {
    return new StoredTensor(StoredType.F32, array.getShape().getShape(), array.toFloatArray());
  }
}

package io.gnomon.projection;

import ai.djl.ndarray.NDArray;
import io.gnomon.answer.AskedCount;
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
import java.util.OptionalLong;

/**
 * The newest complete state in one file, replaced whole: weights and c, the optimizer's moments,
 * the step, and the sums that the next trace row needs. Samples and dropout are pure functions of
 * the step, so nothing else is to be kept.
 */
public final class ProjectionState {
  private static final String WEIGHT = "weight.";
  private static final String OPTIMIZER = "optimizer.";
  private static final String STEP = "step";
  private static final String CONFIGURATION = "configuration";
  private static final String ASKED = "answers_asked";

  private final Path file;
  private final String fingerprint;
  private final AskedCount asked;

  /**
   * The state kept in {@code folder}.
   *
   * @param fingerprint of configuration and teacher: a state of others is refused
   * @param asked of how many batches the teacher was asked, kept with the state
   */
  public ProjectionState(Path folder, String fingerprint, AskedCount asked) {
    this.file = folder.resolve("state.safetensors");
    this.fingerprint = fingerprint;
    this.asked = asked;
  }

  /** Whether anything was saved. */
  public boolean exists() {
    return Files.isRegularFile(file);
  }

  /** The file. */
  public Path file() {
    return file;
  }

  void save(long step, Map<String, NDArray> weights, AdamW optimizer, RowSums sums) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    weights.forEach((name, array) -> tensors.put(WEIGHT + name, stored(array)));
    Map<String, NDArray> moments = optimizer.state();
    moments.forEach((name, array) -> tensors.put(OPTIMIZER + name, stored(array)));
    // The only array that was made for the asking: the moments are live.
    Objects.requireNonNull(moments.get("step")).close();
    Map<String, String> metadata = new LinkedHashMap<>(sums.write());
    metadata.put(STEP, Long.toString(step));
    metadata.put(CONFIGURATION, fingerprint);
    asked.batches().ifPresent(batches -> metadata.put(ASKED, Long.toString(batches)));
    SafetensorsWriter.write(file, tensors, metadata);
  }

  /**
   * Fills everything in and returns the step that the state was saved behind.
   *
   * @throws InputException when the state is of another configuration or teacher, or damaged
   */
  long restore(Map<String, NDArray> weights, AdamW optimizer, RowSums sums) {
    try (SafetensorsFile state = open()) {
      refuseForeign(state.metadata());
      return fill(state, weights, optimizer, sums);
    }
  }

  private SafetensorsFile open() {
    try {
      return SafetensorsFile.open(file);
    } catch (InputException e) {
      throw damaged(e);
    }
  }

  private long fill(
      SafetensorsFile state, Map<String, NDArray> weights, AdamW optimizer, RowSums sums) {
    try {
      weights.forEach((name, array) -> InPlace.assign(array, state.floats(WEIGHT + name)));
      Map<String, float[]> moments = new HashMap<>();
      for (String name : state.names()) {
        if (name.startsWith(OPTIMIZER)) {
          moments.put(name.substring(OPTIMIZER.length()), state.floats(name));
        }
      }
      optimizer.restore(moments);
      sums.read(state.metadata());
      asked.resume(asked(state.metadata()));
      return Long.parseLong(state.metadata().getOrDefault(STEP, "0"));
    } catch (InputException | IllegalArgumentException e) {
      throw damaged(e);
    }
  }

  /** A state of an earlier version does not say. */
  private static OptionalLong asked(Map<String, String> metadata) {
    String batches = metadata.get(ASKED);
    return batches == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(batches));
  }

  /** A state is no download: the remedy is another than for other files of its format. */
  private InputException damaged(RuntimeException cause) {
    String said =
        String.valueOf(cause.getMessage()).replace(file + ": ", "").replaceFirst(";[^;]*$", "");
    return new InputException(
        ("%s: expected a whole state, found a damaged one (%s); restore the file, or delete"
                + " it and resume from the start")
            .formatted(file, said),
        cause);
  }

  private void refuseForeign(Map<String, String> metadata) {
    if (!fingerprint.equals(metadata.get(CONFIGURATION))) {
      throw new InputException(
          file
              + ": expected a state of this configuration and teacher, found one of another;"
              + " give the"
              + " configuration it was made with, or start a run of its own with --run-id NAME");
    }
  }

  private static StoredTensor stored(NDArray array) {
    return new StoredTensor(StoredType.F32, array.getShape().getShape(), array.toFloatArray());
  }
}

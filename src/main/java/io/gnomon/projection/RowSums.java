package io.gnomon.projection;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.gnomon.objective.Loss;
import io.gnomon.optimizer.StepGuard;
import io.gnomon.tensor.Kernels;
import io.gnomon.trace.Measure;
import io.gnomon.trace.TraceRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is summed between two rows of the trace, in float64; saved with the state, so that a resumed
 * row is whole. Steps are added on their device: the host waits only when it reads.
 */
final class RowSums {
  private static final Kernels KERNELS = Kernels.load(RowSums.class, "sums.ts.py", Map.of());
  private static final String PART = "part.";
  private static final int LOSS = 2;

  private final NDManager manager;
  private Totals totals = new Totals(0, 0, 0, Map.of());
  private List<String> names = List.of();
  private @Nullable NDArray sums; // (3 + parts): steps, newest gradient norm, loss, parts
  private long samples;
  private long nanoseconds;

  /** What was summed, as the host reads it. */
  private record Totals(int steps, double gradientNorm, double loss, Map<String, Double> parts) {}

  /**
   * @param manager owner of the sums; its device is the steps'
   */
  RowSums(NDManager manager) {
    this.manager = manager;
  }

  /**
   * Takes in one training step, unless {@code guard} found it bad.
   *
   * @param norm of its gradient, a scalar
   */
  void add(Loss loss, NDArray norm, StepGuard guard) {
    NDArray into = sums == null ? begin(loss) : sums;
    List<NDArray> values = new ArrayList<>();
    values.add(loss.total());
    values.addAll(loss.parts().values());
    KERNELS.callOnLists("add", List.of(values), norm, into, guard.bad()).close();
  }

  /** Takes in what a step had to do and how long it took. */
  void time(int rows, long elapsed) {
    samples += rows;
    nanoseconds += elapsed;
  }

  /** Goes on from what the host knows. */
  private NDArray begin(Loss loss) {
    names = List.copyOf(loss.parts().keySet());
    double[] values = new double[LOSS + 1 + names.size()];
    values[0] = totals.steps();
    values[1] = totals.gradientNorm();
    values[LOSS] = totals.loss();
    for (int i = 0; i < names.size(); i++) {
      values[LOSS + 1 + i] = totals.parts().getOrDefault(names.get(i), 0.0);
    }
    NDArray uploaded = upload(values);
    sums = uploaded;
    return uploaded;
  }

  private NDArray upload(double[] values) {
    NDArray array = manager.create(values);
    NDScope.unregister(array); // it outlives the step
    return array;
  }

  private Totals read() {
    if (sums == null) {
      return totals;
    }
    double[] values = sums.toDoubleArray();
    Map<String, Double> parts = new LinkedHashMap<>();
    for (int i = 0; i < names.size() && values[0] > 0; i++) {
      parts.put(names.get(i), values[LOSS + 1 + i]);
    }
    return new Totals((int) values[0], values[1], values[LOSS], parts);
  }

  /** Puts the means into {@code row} and begins anew; waits for the device. */
  void drain(TraceRow.Builder row) {
    Totals now = read();
    if (now.steps() > 0) {
      row.put(Measure.LOSS, now.loss() / now.steps());
      now.parts().forEach((name, sum) -> row.putLossPart(name, sum / now.steps()));
      row.put(Measure.GRADIENT_NORM, now.gradientNorm());
    }
    if (nanoseconds > 0) {
      row.put(Measure.SAMPLES_PER_SECOND, samples / (nanoseconds / 1e9));
    }
    restart(new Totals(0, now.gradientNorm(), 0, Map.of()));
    samples = 0;
    nanoseconds = 0;
  }

  private void restart(Totals from) {
    totals = from;
    if (sums != null) {
      sums.close();
      sums = null;
    }
  }

  Map<String, String> write() {
    Totals now = read();
    Map<String, String> text = new LinkedHashMap<>();
    text.put("since_row_steps", Integer.toString(now.steps()));
    text.put("since_row_loss", Double.toString(now.loss()));
    text.put("since_row_gradient_norm", Double.toString(now.gradientNorm()));
    now.parts().forEach((name, sum) -> text.put(PART + name, Double.toString(sum)));
    return text;
  }

  void read(Map<String, String> text) {
    Map<String, Double> parts = new LinkedHashMap<>();
    text.forEach(
        (name, sum) -> {
          if (name.startsWith(PART)) {
            parts.put(name.substring(PART.length()), Double.parseDouble(sum));
          }
        });
    restart(
        new Totals(
            Integer.parseInt(text.getOrDefault("since_row_steps", "0")),
            Double.parseDouble(text.getOrDefault("since_row_gradient_norm", "0")),
            Double.parseDouble(text.getOrDefault("since_row_loss", "0")),
            parts));
  }
}

package io.gnomon.projection;

import io.gnomon.objective.Loss;
import io.gnomon.trace.Measure;
import io.gnomon.trace.TraceRow;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is summed between two rows of the trace; saved with the state, so that a resumed row is
 * whole.
 */
final class RowSums {
  private static final String PART = "part.";

  private int steps;
  private double loss;
  private double gradientNorm;
  private final Map<String, Double> parts = new LinkedHashMap<>();
  private long samples;
  private long nanoseconds;

  /** Takes in one training step. */
  void add(double stepLoss, Loss values, double norm, int batch, long elapsed) {
    steps++;
    loss += stepLoss;
    gradientNorm = norm;
    values
        .parts()
        .forEach((name, part) -> parts.merge(name, (double) part.getFloat(), Double::sum));
    samples += batch;
    nanoseconds += elapsed;
  }

  /** Puts the means into {@code row} and begins anew. */
  void drain(TraceRow.Builder row) {
    if (steps > 0) {
      row.put(Measure.LOSS, loss / steps);
      parts.forEach((name, sum) -> row.putLossPart(name, sum / steps));
      row.put(Measure.GRADIENT_NORM, gradientNorm);
    }
    if (nanoseconds > 0) {
      row.put(Measure.SAMPLES_PER_SECOND, samples / (nanoseconds / 1e9));
    }
    steps = 0;
    loss = 0;
    parts.clear();
    samples = 0;
    nanoseconds = 0;
  }

  Map<String, String> write() {
    Map<String, String> text = new LinkedHashMap<>();
    text.put("since_row_steps", Integer.toString(steps));
    text.put("since_row_loss", Double.toString(loss));
    text.put("since_row_gradient_norm", Double.toString(gradientNorm));
    parts.forEach((name, sum) -> text.put(PART + name, Double.toString(sum)));
    return text;
  }

  void read(Map<String, String> text) {
    steps = Integer.parseInt(text.getOrDefault("since_row_steps", "0"));
    loss = Double.parseDouble(text.getOrDefault("since_row_loss", "0"));
    gradientNorm = Double.parseDouble(text.getOrDefault("since_row_gradient_norm", "0"));
    parts.clear();
    text.forEach(
        (name, sum) -> {
          if (name.startsWith(PART)) {
            parts.put(name.substring(PART.length()), Double.parseDouble(sum));
          }
        });
  }
}

package io.gnomon.experiment;

import io.gnomon.evaluation.Evaluation;
import io.gnomon.evaluation.Interval;
import io.gnomon.trace.Measure;
import io.gnomon.trace.TraceRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The final numbers of a run, {@code metrics.json}: last values of the trace, intervals where
 * known.
 */
final class Metrics {
  private Metrics() {}

  /**
   * The metrics.
   *
   * @param rows the whole trace
   * @param batchSize samples a step, from which the seconds spent in steps follow
   * @param evaluation on the traced text; null when none was traced
   */
  static Map<String, Object> of(
      List<TraceRow> rows, int batchSize, @Nullable Evaluation evaluation) {
    TraceRow last = rows.get(rows.size() - 1);
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("steps", last.step());
    metrics.put("seconds", seconds(rows, batchSize));
    metrics.put("samples", last.step() * (long) batchSize);
    for (Measure measure : Measure.values()) {
      last.get(measure).ifPresent(value -> metrics.put(measure.key(), value));
    }
    if (evaluation != null) {
      metrics.put("alpha_text", interval(evaluation.alpha()));
      evaluation.student().agreement().ifPresent(a -> metrics.put("agreement_text", interval(a)));
      metrics.put("accuracy_text", interval(evaluation.student().accuracy()));
      metrics.put("student_accuracy", interval(evaluation.student().accuracy()));
      metrics.put("teacher_accuracy", interval(evaluation.teacher().accuracy()));
      metrics.put("macro_f1", interval(evaluation.student().macroF1()));
    }
    return metrics;
  }

  private static Map<String, Double> interval(Interval interval) {
    Map<String, Double> ends = new LinkedHashMap<>();
    ends.put("value", interval.value());
    ends.put("low", interval.low());
    ends.put("high", interval.high());
    return ends;
  }

  /** Seconds spent in training steps, over however many sittings. */
  private static double seconds(List<TraceRow> rows, int batchSize) {
    double seconds = 0;
    for (int i = 1; i < rows.size(); i++) {
      long steps = rows.get(i).step() - rows.get(i - 1).step();
      double speed = rows.get(i).get(Measure.SAMPLES_PER_SECOND).orElse(Double.POSITIVE_INFINITY);
      seconds += steps * (double) batchSize / speed;
    }
    return seconds;
  }
}

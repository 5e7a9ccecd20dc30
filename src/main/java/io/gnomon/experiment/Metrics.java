package io.gnomon.experiment;

import io.gnomon.evaluation.Decision;
import io.gnomon.evaluation.Evaluation;
import io.gnomon.evaluation.Interval;
import io.gnomon.evaluation.LabelEvaluation;
import io.gnomon.evaluation.LabelScores;
import io.gnomon.trace.Measure;
import io.gnomon.trace.TraceRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The final numbers of a run, {@code metrics.json}: last values of the trace, intervals where
 * known.
 */
final class Metrics {
  private Metrics() {}

  /**
   * The metrics of the trace.
   *
   * @param rows the whole trace
   * @param batchSize samples a step, from which the seconds spent in steps follow
   */
  static Map<String, Object> of(List<TraceRow> rows, int batchSize) {
    TraceRow last = rows.get(rows.size() - 1);
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("steps", last.step());
    metrics.put("seconds", seconds(rows, batchSize));
    for (Measure measure : Measure.values()) {
      last.get(measure).ifPresent(value -> metrics.put(measure.key(), value));
    }
    return metrics;
  }

  /** The metrics on the traced text; those of the trace that have an interval go before theirs. */
  static Map<String, Object> of(Evaluation evaluation) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("alpha_text", interval(evaluation.alpha()));
    evaluation.student().agreement().ifPresent(a -> metrics.put("agreement_text", interval(a)));
    metrics.put("accuracy_text", interval(evaluation.student().accuracy()));
    metrics.put("student_accuracy", interval(evaluation.student().accuracy()));
    metrics.put("teacher_accuracy", interval(evaluation.teacher().accuracy()));
    metrics.put("macro_f1", interval(evaluation.student().macroF1()));
    return metrics;
  }

  /** The same of texts with several labels, where an accuracy is the share of exact matches. */
  static Map<String, Object> of(LabelEvaluation evaluation) {
    Decision student = evaluation.student().get(0);
    LabelScores teacher = evaluation.teacher().get(0).scores();
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("alpha_text", interval(evaluation.alpha()));
    metrics.put("agreement_text", interval(evaluation.agreement()));
    metrics.put("accuracy_text", interval(student.scores().exactMatch()));
    metrics.put("student_accuracy", interval(student.scores().exactMatch()));
    metrics.put("teacher_accuracy", interval(teacher.exactMatch()));
    metrics.put("macro_f1", interval(student.scores().macroF1()));
    metrics.put("micro_f1", interval(student.scores().microF1()));
    metrics.put("teacher_macro_f1", interval(teacher.macroF1()));
    metrics.put("teacher_micro_f1", interval(teacher.microF1()));
    metrics.put("rule", student.rule());
    metrics.putAll(student.parameters());
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

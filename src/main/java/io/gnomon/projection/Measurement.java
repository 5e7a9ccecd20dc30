package io.gnomon.projection;

import io.gnomon.config.ObjectiveConfig.ComponentConfig;
import io.gnomon.geometry.AnswerSpace;
import io.gnomon.geometry.Geometry;
import io.gnomon.geometry.SampledFunction;
import io.gnomon.student.Student;
import io.gnomon.trace.Measure;
import io.gnomon.trace.TraceRow;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a trace row holds: angle, norms and coefficients on the probe set (Eq. 6–16), in the space
 * that the objective compares in, and what the text probe adds.
 */
public final class Measurement {
  private final ProbeSet probe;
  private final AnswerSpace space;
  private final @Nullable TextProbe text;

  /**
   * A measurement on {@code probe} of classes that exclude each other.
   *
   * @param component as the objective has it
   * @param classes names of the K classes
   * @param text measured as well; null for none
   */
  public Measurement(
      ProbeSet probe, ComponentConfig component, List<String> classes, @Nullable TextProbe text) {
    this(probe, AnswerSpace.classes(component.index(classes)), text);
  }

  /**
   * A measurement on {@code probe}.
   *
   * @param text measured as well; null for none
   */
  public Measurement(ProbeSet probe, AnswerSpace space, @Nullable TextProbe text) {
    this.probe = probe;
    this.space = space;
    this.text = text;
  }

  /** A row; c is the closed form on the probe's inputs where {@code learned} is empty. */
  TraceRow row(
      long step, Student student, OptionalDouble learned, double learningRate, RowSums sums) {
    TraceRow.Builder row = TraceRow.at(step);
    sums.drain(row);
    SampledFunction h = probe.h(student);
    row.put(Measure.AGREEMENT_NOISE, space.agreement(probe.g(), h));
    row.put(Measure.AGREEMENT_NOISE_FLOOR, space.agreementFloor(probe.g()));
    row.put(Measure.G_SPREAD, space.spread(probe.g()));
    angles(row, learned, space.vector(probe.g()), space.vector(h));
    if (step > 0) {
      row.put(Measure.LEARNING_RATE, learningRate);
    }
    if (text != null) {
      text.measure(student, row);
    }
    return row.build();
  }

  private static void angles(
      TraceRow.Builder row, OptionalDouble learned, SampledFunction g, SampledFunction h) {
    double closed = Geometry.closedFormCoefficient(g, h);
    double c = learned.orElse(closed);
    row.put(Measure.C, c)
        .put(Measure.C_STAR, closed)
        .put(Measure.NORM_G, g.norm())
        .put(Measure.NORM_H, h.norm())
        .put(Measure.ALPHA, Geometry.angle(g, h))
        .put(Measure.ALPHA_C, Geometry.learnedAngle(c, g, h))
        .put(Measure.ALPHA_FLOOR, Geometry.floor(g));
  }
}

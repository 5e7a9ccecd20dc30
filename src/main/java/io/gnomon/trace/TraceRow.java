package io.gnomon.trace;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What was measured at one step. A measure that was not taken is absent; none is ever NaN or
 * infinite.
 *
 * @param step steps done, 0 for the state before the first
 * @param values measures by name
 * @param lossParts parts of the loss by name, in their order
 */
public record TraceRow(long step, Map<Measure, Double> values, Map<String, Double> lossParts) {
  /**
   * Copies both maps.
   *
   * @throws IllegalArgumentException when the step is negative or a value is not finite
   */
  public TraceRow {
    if (step < 0) {
      throw new IllegalArgumentException("step: expected 0 or more, found " + step);
    }
    values.forEach((measure, value) -> requireFinite(step, measure.key(), value));
    lossParts.forEach((name, value) -> requireFinite(step, "loss_parts." + name, value));
    Map<Measure, Double> ordered = new EnumMap<>(Measure.class);
    ordered.putAll(values);
    values = Collections.unmodifiableMap(ordered);
    lossParts = Collections.unmodifiableMap(new LinkedHashMap<>(lossParts));
  }

  private static void requireFinite(long step, String key, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "step %d: %s is %s; leave out what was not measured".formatted(step, key, value));
    }
  }

  /** The value of {@code measure}, where it was taken. */
  public OptionalDouble get(Measure measure) {
    Double value = values.get(measure);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /**
   * Whether {@code other} holds the same to the last digit, speed aside: an unbroken run and a
   * resumed one differ in nothing else.
   */
  public boolean sameExceptSpeed(TraceRow other) {
    return withoutSpeed().equals(other.withoutSpeed());
  }

  private TraceRow withoutSpeed() {
    Map<Measure, Double> rest = new LinkedHashMap<>(values);
    rest.remove(Measure.SAMPLES_PER_SECOND);
    return new TraceRow(step, rest, lossParts);
  }

  /** A row of {@code step}, to be filled. */
  public static Builder at(long step) {
    return new Builder(step);
  }

  /** Collects what was measured at one step. */
  public static final class Builder {
    private final long step;
    private final Map<Measure, Double> values = new EnumMap<>(Measure.class);
    private final Map<String, Double> lossParts = new LinkedHashMap<>();

    private Builder(long step) {
      this.step = step;
    }

    public Builder put(Measure measure, double value) {
      values.put(measure, value);
      return this;
    }

    /** Puts {@code value} if there is one. */
    public Builder put(Measure measure, OptionalDouble value) {
      value.ifPresent(present -> values.put(measure, present));
      return this;
    }

    public Builder putLossPart(String name, double value) {
      lossParts.put(name, value);
      return this;
    }

    /**
     * The row.
     *
     * @throws IllegalArgumentException when a value is not finite
     */
    public TraceRow build() {
      return new TraceRow(step, values, lossParts);
    }
  }
}

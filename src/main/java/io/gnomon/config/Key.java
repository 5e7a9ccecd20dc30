package io.gnomon.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a record component means as a YAML key. The component's name in snake case is the key; this
 * gives its one-line description, its default and its range. The loader, the resolved {@code
 * config.yaml}, {@code configs/schema.json} and the reference pages all read it.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Key {
  /** One line: what the key does, with its unit where it has one. */
  String value();

  /**
   * The default as YAML, {@code "{}"} for a nested record of defaults; empty when the key must be
   * given (or, on a {@code @Nullable} component, may be absent).
   */
  String byDefault() default "";

  /** Smallest value allowed, for numbers. */
  double min() default Double.NEGATIVE_INFINITY;

  /** Largest value allowed, for numbers. */
  double max() default Double.POSITIVE_INFINITY;

  /** Whether {@link #min} itself is out of range, as 0 is for a rate that must be positive. */
  boolean aboveMin() default false;

  /**
   * The folder below {@code configs/} whose files may stand here by name: {@code sampler:
   * samplers/bursty}, or {@code sampler: {from: samplers/bursty, length: {max: 64}}}. Empty when
   * the key takes no reference.
   */
  String part() default "";
}

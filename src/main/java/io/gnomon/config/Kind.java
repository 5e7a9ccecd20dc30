package io.gnomon.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of {@code kind} that selects this record among the permitted ones of its sealed
 * interface. Where no other key is needed the kind may stand alone: {@code calibration: none}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Kind {
  /** The kind as written in YAML, in kebab case. */
  String value();

  /** One line: what this kind is. */
  String description();
}

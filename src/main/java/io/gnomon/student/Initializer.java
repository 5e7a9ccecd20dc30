package io.gnomon.student;

import ai.djl.ndarray.types.Shape;

/** Where the weights of a new student come from. */
@FunctionalInterface
interface Initializer {
  /** The values of the parameter {@code name}, row-major, as many as {@code shape} holds. */
  float[] values(String name, Shape shape);
}

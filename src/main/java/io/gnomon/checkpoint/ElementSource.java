package io.gnomon.checkpoint;

/** The elements of a tensor in row-major order, made as they are asked for. */
@FunctionalInterface
public interface ElementSource {
  /** Puts elements {@code from} to {@code from + count} into {@code target}, from {@code at} on. */
  void read(long from, float[] target, int at, int count);
}

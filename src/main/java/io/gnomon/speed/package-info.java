/**
 * How fast a projection runs on this machine, measured: the ceiling of its matrix products, the
 * teacher from a plain forward to the one in use, the student's step, the sampler. Everything in
 * one process and in interleaved rounds, so that a ratio compares what ran side by side.
 *
 * <p>May import {@code sampler}, {@code objective}, {@code student}, {@code teacher}, {@code
 * optimizer}, {@code nn}, {@code provenance}, {@code tensor}, {@code config} and {@code geometry}
 * (spreads).
 */
@NullMarked
package io.gnomon.speed;

import org.jspecify.annotations.NullMarked;

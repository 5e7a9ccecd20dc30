/**
 * What DJL lacks: TorchScript kernels from readable source, precision and device choices, seeds
 * that name what they are for.
 *
 * <p>May import {@code config}.
 */
@NullMarked
package io.gnomon.tensor;

import org.jspecify.annotations.NullMarked;

/**
 * The approaches that do read text, against which a projection is measured (the paper, Section 5;
 * DESIGN §2): whatever classifies texts is a {@link io.gnomon.baseline.TextModel}.
 *
 * <p>May import {@code optimizer}, {@code nn}, {@code checkpoint}, {@code tensor} and {@code
 * config}.
 */
@NullMarked
package io.gnomon.baseline;

import org.jspecify.annotations.NullMarked;

/**
 * Which program computed a figure, in which versions, on which machine: what stands beside every
 * number of Section 5 that is made here.
 *
 * <p>May import {@code tensor}.
 */
@NullMarked
package io.gnomon.provenance;

import org.jspecify.annotations.NullMarked;

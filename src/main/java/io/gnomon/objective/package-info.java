/**
 * The divergences between g and c·h that a projection may minimise (Algorithm 1, Eq. 5), each with
 * its coefficient c and its component.
 *
 * <p>May import {@code tensor} and {@code config}.
 */
@NullMarked
package io.gnomon.objective;

import org.jspecify.annotations.NullMarked;

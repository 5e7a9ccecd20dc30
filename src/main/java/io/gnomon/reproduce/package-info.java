/**
 * What an experiment is expected to come to, against what a rerun gave (for every table of the
 * paper's Section 5 that is made here): expected, actual, difference, and whether it lies within a
 * tolerance to either side. Better than expected is as much a finding as worse.
 *
 * <p>May import {@code bench}, {@code checkpoint} and {@code config}.
 */
@NullMarked
package io.gnomon.reproduce;

import org.jspecify.annotations.NullMarked;

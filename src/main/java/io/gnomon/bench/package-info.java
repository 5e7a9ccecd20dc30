/**
 * The grid of approaches × tasks × seeds behind the paper's tables (Section 5): which cells a suite
 * has, how each is run, measured and kept in a folder of its own, and how a run that was broken off
 * goes on. A cell's folder holds all that tables and tests of significance need.
 *
 * <p>May import {@code latency} for its stopwatch and everything below it; text and the data-free
 * loop meet here, as they do in {@code experiment}.
 */
@NullMarked
package io.gnomon.bench;

import org.jspecify.annotations.NullMarked;

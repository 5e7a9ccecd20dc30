/**
 * Run folders in, tables and plots out: α with its floor, ‖h‖ and c against steps (the figures of
 * the paper, Section 5), and a suite's tables, comparisons and pictures from its cells. Reads files
 * only and never touches a model.
 *
 * <p>May import {@code bench} (a suite's folders), {@code experiment} (a run's), {@code evaluation}
 * (tests of significance), {@code trace}, {@code geometry}, {@code checkpoint} and {@code config}.
 */
@NullMarked
package io.gnomon.report;

import org.jspecify.annotations.NullMarked;

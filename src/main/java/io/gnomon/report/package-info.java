/**
 * Run folders in, tables and plots out: α with its floor, ‖h‖ and c against steps (the figures of
 * the paper, Section 5), and a suite's tables, comparisons and pictures from its cells. Reads files
 * only and never touches a model.
 *
 * <p>{@link io.gnomon.report.ReportPage} makes one page of all that lies below a folder: {@code
 * ResultTree} finds, {@code PageRuns} reads each folder by itself, {@code PageTables}, {@code
 * PageSuites}, {@code PagePairs} and {@code PageData} say it as tables and as the numbers that the
 * page's script draws. The scripts and styles are resources; no text of a run gets into the page
 * unescaped.
 *
 * <p>May import {@code bench} (a suite's folders), {@code experiment} (a run's), {@code evaluation}
 * (tests of significance), {@code inspect} (shares of labels), {@code grow} (accuracy against
 * labels bought), {@code trace}, {@code geometry}, {@code checkpoint} and {@code config}.
 */
@NullMarked
package io.gnomon.report;

import org.jspecify.annotations.NullMarked;

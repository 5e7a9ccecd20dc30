/**
 * Run folders in, tables and plots out: α with its floor, ‖h‖ and c against steps (the figures of
 * the paper, Section 5). Reads files only and never touches a model.
 *
 * <p>May import {@code trace}, {@code geometry}, {@code checkpoint} and {@code config}.
 */
@NullMarked
package io.gnomon.report;

import org.jspecify.annotations.NullMarked;

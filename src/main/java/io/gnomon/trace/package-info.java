/**
 * One row of measurements and where it goes: {@code trace.jsonl}, appended crash-safely, cut back
 * on resume.
 *
 * <p>May import {@code geometry}, {@code checkpoint} and {@code config}.
 */
@NullMarked
package io.gnomon.trace;

import org.jspecify.annotations.NullMarked;

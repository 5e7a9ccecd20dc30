/**
 * Where a trace goes besides {@code trace.jsonl}: event files of TensorBoard in the run's folder,
 * and a tracking server of MLflow. The file stays the truth; a sink is brought up to it, row by row
 * while it can be reached and from where it was left when it can again. No sink ends a run.
 *
 * <p>May import {@code trace}, {@code checkpoint} and {@code config}.
 */
@NullMarked
package io.gnomon.sink;

import org.jspecify.annotations.NullMarked;

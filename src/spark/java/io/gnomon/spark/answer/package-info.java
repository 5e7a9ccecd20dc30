/**
 * A teacher's answers (Eq. 9, 13) to all that an experiment trains and measures on, a share a task:
 * {@code gnomon answer --shard i/n} for every i, then {@code --merge}. {@link
 * io.gnomon.spark.answer.ShardedAnswering} is its face.
 *
 * <p>May import {@code experiment}, {@code answer}, and {@code config}.
 */
@NullMarked
package io.gnomon.spark.answer;

import org.jspecify.annotations.NullMarked;

/**
 * Algorithm 1 of the paper, and nothing else: sample → teacher → student → objective → step →
 * trace.
 *
 * <p>On a card the teacher answers the next batch during the student's step, and the host waits for
 * neither within a step ({@code PrefetchedBatches}, {@code StudentTrainer}).
 *
 * <p>Data-free by construction: what it knows of text is the interface {@code TextProbe},
 * implemented above, whose answers go to the trace and nowhere else. The teacher speaks through
 * {@link io.gnomon.answer.Answers}. May import {@code trace}, {@code answer} and below.
 */
@NullMarked
package io.gnomon.projection;

import org.jspecify.annotations.NullMarked;

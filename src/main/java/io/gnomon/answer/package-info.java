/**
 * The teacher's answers to a sampler's batches (Eq. 9, 13), asked or kept. A batch is a pure
 * function of seed and index, so that g on it need only be asked once: K numbers a sample, stored
 * under the hash of all that they depend on.
 *
 * <p>What is kept lies in {@code results/answers/<key>/}: {@code header.json} names what went into
 * the key, {@code whole/answers.bin} and {@code shard-i-of-n/answers.bin} hold records of one size.
 * Each of these files has one writer at a time; any number of runs read them all.
 *
 * <p>May import {@code teacher}, {@code checkpoint}, {@code nn}, {@code tensor} and {@code config}.
 */
@NullMarked
package io.gnomon.answer;

import org.jspecify.annotations.NullMarked;

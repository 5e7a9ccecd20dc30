/**
 * A labelled set looked at before anything is trained on it or judged by it (the sets of the paper,
 * Section 5): what {@code gnomon inspect} says. {@link io.gnomon.inspect.Inspection} is the way in,
 * {@link io.gnomon.inspect.Findings} all that it found, as it is written to JSON.
 *
 * <ul>
 *   <li>{@code SetSummary}: labels and how they occur together, lengths, empty texts, texts that
 *       occur twice.
 *   <li>{@code Shares}: each label's share in two sets, with Newcombe's interval of the difference
 *       and a test of it: χ², or Fisher's exact one where counts are few, adjusted by Holm.
 *   <li>{@code NearDuplicates}: pairs of texts by the Jaccard similarity of their shingles, all of
 *       them, by prefix filtering; nothing is sampled or hashed to a sketch.
 *   <li>{@code Agreement}: Cohen's κ and Krippendorff's α of two labellers with bootstrap
 *       intervals; where a text may have several labels each of every label, their mean, and α over
 *       the sets of labels under the MASI distance.
 *   <li>{@code Attention}: the rows most worth a person's eye, each with its reasons.
 * </ul>
 *
 * <p>The same files give the same findings. May import {@code data}, {@code evaluation} (bootstrap,
 * Holm), {@code tensor} (seeds) and {@code config}.
 */
@NullMarked
package io.gnomon.inspect;

import org.jspecify.annotations.NullMarked;

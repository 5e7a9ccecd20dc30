/**
 * A page on this machine by which a person accepts or mends labels one by one: {@code gnomon
 * inspect --review}. {@link io.gnomon.review.ReviewServer} is the way in. Rows come in the order of
 * {@code inspect}, those most worth an eye first, then the others as they stand.
 *
 * <p>A decision is on disk before it is answered. The gold file is JSONL as {@code gnomon label}
 * writes it: the columns of the labelled set, with {@code row} where it has none, {@code labels} as
 * the person chose them, {@code by: person}, and no {@code probabilities}; a line a row that was
 * decided, in the order of the decisions. A first decision is appended; one that changes an earlier
 * one, or takes it back, replaces the file whole. What a killed process left of a line was never
 * answered, and is cut off. Beside the file stands {@code GOLD.lock/} while it is written: one
 * process at a time. Lines about other texts stay as they are.
 *
 * <p>Listens on the loopback address alone, answers to no other host name, and takes decisions as
 * JSON only, so that no other site's page can send any. May import {@code serve} (its way with
 * HTTP), {@code inspect}, {@code data}, {@code checkpoint} and {@code config}.
 */
@NullMarked
package io.gnomon.review;

import org.jspecify.annotations.NullMarked;

/**
 * How long classifiers of one task take for a text, and how many texts a second they answer:
 * exported students, the teacher itself and classical learners, in turn in one process (the paper's
 * Table 2). Tokenizing counts for all of them.
 *
 * <p>May import {@code serve} (which runs exports), {@code baseline} (the classical learners),
 * {@code experiment}, {@code evaluation}, {@code data} and below.
 */
@NullMarked
package io.gnomon.latency;

import org.jspecify.annotations.NullMarked;

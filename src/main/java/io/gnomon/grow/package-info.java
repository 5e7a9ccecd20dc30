/**
 * Active learning: of posts without labels, those that a student is least sure of are labelled (by
 * a language model, by a person) and the student is trained further on what was bought so far; the
 * curve of its accuracy against labels bought says when to stop. That is uncertainty sampling
 * (Lewis and Gale 1994), with the margin between the two likeliest classes for the measure
 * (Scheffer, Decomain and Wrobel 2001, margin sampling); of several labels a text, the smallest
 * margin between a label's yes and no. Random picks of the same size are the comparison.
 *
 * <p>May import {@code baseline} (runs that train on text), {@code experiment}, {@code evaluation},
 * {@code data} and below. Who labels is told through {@link io.gnomon.grow.Labels}.
 */
@NullMarked
package io.gnomon.grow;

import org.jspecify.annotations.NullMarked;

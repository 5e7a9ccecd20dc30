/**
 * A configuration at work: builds teacher, sampler, student and objective from one {@link
 * io.gnomon.config.ExperimentConfig}, runs the projection, and keeps the run folder (resolved
 * configuration, provenance, trace, checkpoint, student, metrics).
 *
 * <p>May import everything below it; this is where the data-free loop and its evaluation on text
 * meet.
 */
@NullMarked
package io.gnomon.experiment;

import org.jspecify.annotations.NullMarked;

package io.gnomon.experiment;

/**
 * What a teacher said of N texts.
 *
 * @param g (N, K) class probabilities
 * @param seconds that asking took, over however many runs
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of answers, never compared
public record Labelling(double[][] g, double seconds) {}

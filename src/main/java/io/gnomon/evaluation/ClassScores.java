package io.gnomon.evaluation;

/**
 * One class's figures.
 *
 * @param name the class
 * @param support rows whose gold class it is
 * @param precision see {@link ConfusionMatrix#precision}
 * @param recall see {@link ConfusionMatrix#recall}
 * @param f1 see {@link ConfusionMatrix#f1}
 */
public record ClassScores(
    String name, int support, Interval precision, Interval recall, Interval f1) {}

package io.gnomon.teacher;

/**
 * A label word and the token that stands for it.
 *
 * @param className the class it speaks for
 * @param word as the task writes it
 * @param token its first token in context, behind the prompt's suffix
 * @param pieces tokens of the whole word in context
 */
public record LabelWord(String className, String word, long token, int pieces) {}

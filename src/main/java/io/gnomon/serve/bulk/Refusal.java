package io.gnomon.serve.bulk;

/**
 * No labels for a text: its row is told in the side file, as one that cannot be read.
 *
 * @param cause what was expected and found
 */
public record Refusal(String cause) implements Reply {}

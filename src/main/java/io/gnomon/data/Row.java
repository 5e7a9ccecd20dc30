package io.gnomon.data;

/**
 * A labelled text with the place it was read at, for messages.
 *
 * @param where {@code file:line}, an archive's entry, or a row number where a format has no lines
 * @param text the text and its labels
 */
record Row(String where, LabelledText text) {}

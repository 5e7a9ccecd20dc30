package io.gnomon.tensorflow;

/**
 * A file's text.
 *
 * @param where the file, for messages
 */
record SmallText(String where, String text) {}

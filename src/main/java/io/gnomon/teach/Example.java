package io.gnomon.teach;

/**
 * One thing to learn: a text, what stands behind it, and the class whose words are the answer.
 *
 * @param text ids of the text, whole
 * @param suffix ids behind it; empty where the task has none
 * @param answer index of the class
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of ids, never compared
record Example(long[] text, long[] suffix, int answer) {}

package io.gnomon.label;

import org.jspecify.annotations.Nullable;

/**
 * An answer as it came.
 *
 * @param text of it
 * @param model that gave it, as the server names it; null where it does not
 * @param tokensIn read for it; 0 where nobody counted
 * @param tokensOut written
 * @param seconds it took
 */
record RawAnswer(
    String text, @Nullable String model, long tokensIn, long tokensOut, double seconds) {}

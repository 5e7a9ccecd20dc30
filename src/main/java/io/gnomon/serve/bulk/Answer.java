package io.gnomon.serve.bulk;

import io.gnomon.serve.Tagging;
import org.jspecify.annotations.Nullable;

/**
 * What a text was given.
 *
 * @param tagging its labels
 * @param by who answered, where there are several; else null
 */
public record Answer(Tagging tagging, @Nullable String by) implements Reply {}

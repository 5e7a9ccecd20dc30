package io.gnomon.export;

import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.TraceConfig.TextTraceConfig;

/** How many tokens of a text a run read. */
final class TextLength {
  /** As {@code gnomon evaluate} reads a text unless told otherwise. */
  private static final int EVALUATED = 256;

  private TextLength() {}

  static int of(ExperimentConfig config) {
    TextTraceConfig text = config.trace().text();
    return text == null ? EVALUATED : text.maxLength();
  }
}

package io.gnomon.label;

import java.time.Duration;

/** Hears of texts being labelled, from any thread. */
public interface LabelListener {
  /** A text has its answer, or has none for good. */
  void done();

  /** A server refused, and asks to wait so long. */
  void waiting(Duration wait, String cause);

  /** Whether to stop: nothing more is asked then. */
  boolean stop();
}

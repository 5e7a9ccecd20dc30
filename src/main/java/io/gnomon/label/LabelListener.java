package io.gnomon.label;

import java.time.Duration;

/** Hears of texts being labelled, from any thread. */
public interface LabelListener {
  /** A text has its answer, or has none for good. */
  void done();

  /** A server refused, and asks to wait so long. */
  void waiting(Duration wait, String cause);

  /** One thing worth saying on the way. */
  void note(String line);

  /** Whether to stop: nothing more is asked then. */
  boolean stop();

  /** What goes on with a job that ended before its end, in words such as "the same command". */
  String goesOn();
}

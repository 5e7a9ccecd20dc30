package io.gnomon.sink;

/** How a sitting of a run ended. */
public enum Ending {
  /** All steps were made. */
  FINISHED,
  /** It was stopped and saved, to be resumed. */
  STOPPED,
  /** It failed. */
  FAILED
}

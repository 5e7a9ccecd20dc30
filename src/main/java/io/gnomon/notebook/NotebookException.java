package io.gnomon.notebook;

/** A notebook broke, or is no longer what it was: one line with file, cell and cause. */
public final class NotebookException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotebookException(String message) {
    super(message);
  }

  NotebookException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.gnomon.notebook;

import org.jspecify.annotations.Nullable;

/** A cell that did not come to its end. */
final class CellFailure extends Exception {
  private static final long serialVersionUID = 1;

  private final int line;

  /**
   * @param line of the cell, from 1
   * @param message one line or several; they become one
   */
  CellFailure(int line, @Nullable String message, @Nullable Throwable cause) {
    super(String.valueOf(message).strip().replaceAll("\\s+", " "), cause);
    this.line = line;
  }

  int line() {
    return line;
  }
}

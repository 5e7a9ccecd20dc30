package io.gnomon.export;

/**
 * An exported student does not answer as the one it was made from; nothing of it is left. The
 * message is one line that says on which text, and how far off.
 */
public final class GateException extends RuntimeException {
  GateException(String message) {
    super(message);
  }
}

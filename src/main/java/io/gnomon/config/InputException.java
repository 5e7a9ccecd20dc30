package io.gnomon.config;

/**
 * Something the user gave cannot be used: a file, a key, a text. The message is one line that says
 * where, what was expected, what was found and how to mend it; the command line prints it as it is,
 * without a stack trace, and exits with status 2.
 */
public sealed class InputException extends RuntimeException permits ConfigException {
  public InputException(String message) {
    super(message);
  }

  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}

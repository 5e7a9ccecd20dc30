package io.gnomon.label;

/** A question that got no answer. */
final class AskingException extends Exception {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // never written out
  private final Trouble trouble;

  /** What went wrong, and its cause without the key. */
  AskingException(Trouble trouble, Retold cause) {
    super(trouble.cause(), cause);
    this.trouble = trouble;
  }

  Trouble trouble() {
    return trouble;
  }
}

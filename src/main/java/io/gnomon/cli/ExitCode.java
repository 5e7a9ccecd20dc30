package io.gnomon.cli;

/** How the program ends. */
public final class ExitCode {
  /** All done. */
  public static final int OK = 0;

  /** Something in the program or the machine failed. */
  public static final int FAILURE = 1;

  /** What the user gave cannot be used. */
  public static final int BAD_INPUT = 2;

  /** Stopped from outside: 128 + SIGINT, as shells have it. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}

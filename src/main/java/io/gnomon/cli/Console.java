package io.gnomon.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command prints: answers to {@code out}, everything about the way there to {@code err}.
 *
 * @param out standard output
 * @param err standard error
 * @param interactive whether stderr is a terminal, on which a progress bar may be redrawn
 */
public record Console(PrintWriter out, PrintWriter err, boolean interactive) {
  /**
   * The process's own streams, in UTF-8 whatever the locale. Whether stderr is a terminal is for
   * the launcher to say ({@code -Dgnomon.terminal}): Java cannot ask that of stderr.
   */
  public static Console system() {
    return new Console(
        utf8(FileDescriptor.out), utf8(FileDescriptor.err), Boolean.getBoolean("gnomon.terminal"));
  }

  /** A console for a test or another program to read. */
  public static Console of(PrintWriter out, PrintWriter err) {
    return new Console(out, err, false);
  }

  /** Prints all that is still held back. */
  public void flush() {
    out.flush();
    err.flush();
  }

  private static PrintWriter utf8(FileDescriptor descriptor) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
  }
}

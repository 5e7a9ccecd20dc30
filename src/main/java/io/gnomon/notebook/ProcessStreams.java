package io.gnomon.notebook;

import java.io.PrintStream;

/**
 * The process's own streams, put back when a notebook has been run: cells print to {@code
 * System.out}, which is the file's meanwhile.
 */
public record ProcessStreams(PrintStream out, PrintStream err) {
  void restore() {
    System.setOut(out);
    System.setErr(err);
  }
}

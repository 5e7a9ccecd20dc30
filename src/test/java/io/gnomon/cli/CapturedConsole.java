package io.gnomon.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs a command line and keeps what it printed. */
final class CapturedConsole {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Console console = Console.of(new PrintWriter(out), new PrintWriter(err));

  Console console() {
    return console;
  }

  int run(String... args) {
    return Main.run(console, args);
  }

  String out() {
    console.flush();
    return out.toString();
  }

  String err() {
    console.flush();
    return err.toString();
  }
}

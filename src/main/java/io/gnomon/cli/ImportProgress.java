package io.gnomon.cli;

import io.gnomon.gguf.ImportListener;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** An import as the user sees it: a bar on a terminal, else a line each tenth of the way. */
final class ImportProgress implements ImportListener, AutoCloseable {
  private static final int LINES = 10;
  private static final long MEGABYTE = 1_000_000;

  private final Console console;
  private final Interruption interruption;
  private @Nullable ProgressBar bar;
  private long tenths;

  ImportProgress(Console console, Interruption interruption) {
    this.console = console;
    this.interruption = interruption;
  }

  @Override
  public void note(String line) {
    console.err().println(line);
  }

  @Override
  public void progress(long done, long total) {
    if (console.interactive()) {
      bar(total).stepTo(done);
    } else if (done * LINES / total > tenths) {
      tenths = done * LINES / total;
      console
          .err()
          .println(
              String.format(
                  Locale.ROOT,
                  "%3d%%  %d of %d MB",
                  tenths * 100 / LINES,
                  done / MEGABYTE,
                  total / MEGABYTE));
    }
  }

  private ProgressBar bar(long total) {
    if (bar == null) {
      bar =
          RedrawnLine.bar(console, "importing")
              .setInitialMax(total)
              .setUnit(" MB", MEGABYTE)
              .build();
    }
    return bar;
  }

  @Override
  public boolean stop() {
    return interruption.requested();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}

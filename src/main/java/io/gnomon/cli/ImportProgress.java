package io.gnomon.cli;

import io.gnomon.importing.ImportListener;
import java.util.Locale;

/** An import as the user sees it. */
final class ImportProgress implements ImportListener, AutoCloseable {
  private static final long MEGABYTE = 1_000_000;

  private final Console console;
  private final Interruption interruption;
  private final ProgressCount tally;

  ImportProgress(Console console, Interruption interruption) {
    this.console = console;
    this.interruption = interruption;
    this.tally = new ProgressCount(console, "importing", "MB", MEGABYTE, ImportProgress::line);
  }

  private static String line(long done, long all) {
    return String.format(
        Locale.ROOT, "%3d%%  %d of %d MB", 100 * done / all, done / MEGABYTE, all / MEGABYTE);
  }

  @Override
  public void note(String line) {
    console.err().println(line);
  }

  @Override
  public void progress(long done, long total) {
    tally.to(done, total);
  }

  @Override
  public boolean stop() {
    return interruption.requested();
  }

  @Override
  public void close() {
    tally.close();
  }
}

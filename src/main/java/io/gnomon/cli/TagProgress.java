package io.gnomon.cli;

import io.gnomon.serve.bulk.BulkListener;
import io.gnomon.serve.bulk.Done;
import org.jspecify.annotations.Nullable;

/** Texts being tagged, as the user sees it; all of it on stderr. */
final class TagProgress implements BulkListener, AutoCloseable {
  private static final int SHOWN = 10;
  private static final long KILOBYTE = 1000;
  private static final int PERCENT = 100;

  private final Console console;
  private final @Nullable Interruption interruption;
  private final boolean tellsRejected;
  private final ProgressCount count;
  private long rows;
  private int rejected;
  private @Nullable String firstRejected;

  /**
   * Begins to listen.
   *
   * @param interruption null where the job cannot go on later
   * @param tellsRejected whether rejected rows are named here, for want of a side file
   */
  TagProgress(Console console, @Nullable Interruption interruption, boolean tellsRejected) {
    this.console = console;
    this.interruption = interruption;
    this.tellsRejected = tellsRejected;
    this.count = new ProgressCount(console, "tagging", "kB", KILOBYTE, this::line);
  }

  private String line(long done, long all) {
    return "tagging: %d%%, %d rows".formatted(PERCENT * done / all, rows);
  }

  @Override
  public void progress(Done done, long bytes, long all) {
    rows = done.rows();
    if (all > 0) {
      count.to(bytes, all);
    }
  }

  @Override
  public void rejected(String place, String cause) {
    if (firstRejected == null) {
      firstRejected = place + ": " + cause;
    }
    if (tellsRejected && rejected++ < SHOWN) {
      console.err().println("gnomon: " + place + ": " + cause + "; left out");
    }
  }

  /** The first row that could not be read, and why. */
  @Nullable String firstRejected() {
    return firstRejected;
  }

  @Override
  public boolean stop() {
    return interruption != null && interruption.requested();
  }

  @Override
  public void close() {
    count.close();
  }
}

package io.gnomon.cli;

import io.gnomon.label.LabelListener;
import io.gnomon.label.Tally;
import io.gnomon.serve.bulk.BulkListener;
import io.gnomon.serve.bulk.Done;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Posts being labelled, as the user sees it; all of it on stderr. */
final class LabelProgress implements BulkListener, LabelListener, AutoCloseable {
  private static final int SHOWN = 10;

  private final Console console;
  private final Interruption interruption;
  private final long posts;
  private final String goesOn;
  private final ProgressCount count;
  private long start;
  private long from = -1;
  private long labelledBefore;
  private long behind;
  private long since;
  private int rejected;
  private @Nullable String firstRejected;

  /**
   * Begins to listen.
   *
   * @param posts how many there are; 0 where nobody knows
   * @param goesOn see {@link #goesOn}
   */
  LabelProgress(Console console, Interruption interruption, long posts, String goesOn) {
    this.console = console;
    this.interruption = interruption;
    this.posts = posts;
    this.goesOn = goesOn;
    this.count = new ProgressCount(console, "labelling", "posts", 1, this::line);
  }

  private String line(long done, long all) {
    double seconds = (System.nanoTime() - start) / 1e9;
    double rate = (done - from) / Math.max(seconds, 1e-9);
    String line = String.format(Locale.ROOT, "labelling: %,d of %,d posts", done, all);
    return rate <= 0
        ? line
        : line
            + String.format(
                Locale.ROOT, ", %.3g a second, %s left", rate, left((all - done) / rate));
  }

  private static String left(double seconds) {
    Duration left = Duration.ofSeconds(Math.round(seconds));
    return left.toHours() > 0
        ? left.toHours() + " h " + left.toMinutesPart() + " min"
        : left.toMinutes() > 0
            ? left.toMinutes() + " min " + left.toSecondsPart() + " s"
            : left.toSeconds() + " s";
  }

  @Override
  public synchronized void progress(Done done, long bytes, long all) {
    if (from < 0) {
      start = System.nanoTime();
      from = done.rows();
      labelledBefore = done.tagged();
    }
    behind = done.rows();
    since = 0;
    show();
  }

  @Override
  public synchronized void done() {
    since++;
    show();
  }

  private void show() {
    if (posts > 0) {
      count.to(Math.min(posts, behind + since), posts);
    }
  }

  @Override
  public synchronized void rejected(String place, String cause) {
    if (firstRejected == null) {
      firstRejected = place + ": " + cause;
    }
    if (rejected++ < SHOWN) {
      console.err().println("gnomon: " + place + ": " + cause + "; set aside");
    }
  }

  @Override
  public synchronized void waiting(Duration wait, String cause) {
    console
        .err()
        .println("gnomon: waiting " + left((double) wait.toSeconds()) + ", as asked: " + cause);
  }

  @Override
  public void note(String line) {
    console.err().println("gnomon: " + line);
  }

  @Override
  public String goesOn() {
    return goesOn;
  }

  /** Says that the job ends before its end, and what of it is kept. */
  void interrupted(Tally tally) {
    close();
    note("%d answers came, and are kept; %s goes on from there".formatted(tally.answers(), goesOn));
  }

  /** Posts that had their labels in a part that was done before this process. */
  synchronized long labelledBefore() {
    return labelledBefore;
  }

  /** The first post that was set aside, and why. */
  synchronized @Nullable String firstRejected() {
    return firstRejected;
  }

  @Override
  public boolean stop() {
    return interruption.requested();
  }

  @Override
  public void close() {
    count.close();
  }
}

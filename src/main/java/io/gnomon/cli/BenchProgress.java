package io.gnomon.cli;

import io.gnomon.bench.BenchListener;
import io.gnomon.bench.Cell;
import io.gnomon.bench.CellRecord;
import io.gnomon.bench.Estimate;
import io.gnomon.bench.Figure;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** A suite as the user sees it: a line a cell, and in a cell a bar on a terminal. */
final class BenchProgress implements BenchListener, AutoCloseable {
  private static final int LINES = 5;

  private final Console console;
  private final Interruption interruption;
  private final long end;
  private @Nullable ProgressBar bar;
  private long last = Long.MAX_VALUE;
  private long told;

  /**
   * Progress that asks for an end.
   *
   * @param minutes after which no further step is begun; 0 for no limit
   */
  BenchProgress(Console console, Interruption interruption, double minutes) {
    this.console = console;
    this.interruption = interruption;
    this.end =
        minutes == 0 ? Long.MAX_VALUE : System.nanoTime() + (long) (minutes * 60 * 1_000_000_000L);
  }

  @Override
  public void begins(Cell cell, String place) {
    clear();
    console.err().println(place + " " + cell);
  }

  @Override
  public void note(String line) {
    clear();
    console.err().println("  " + line);
  }

  @Override
  public void progress(long done, long all) {
    if (done < last) { // another part of the work: a new bar
      clear();
      told = done * LINES / all;
    }
    last = done;
    if (console.interactive()) {
      if (bar == null) {
        bar =
            RedrawnLine.bar(console, "  ")
                .setInitialMax(all)
                .startsFrom(done, Duration.ZERO)
                .build();
      }
      bar.stepTo(done);
    } else if (done * LINES / all != told) {
      told = done * LINES / all;
      console.err().println("  " + done + " of " + all);
    }
  }

  @Override
  public void ended(Cell cell, CellRecord record) {
    clear();
    console
        .err()
        .println(
            record.failed()
                ? "  failed: " + record.cause()
                : "  "
                    + shares(record)
                    + String.format(Locale.ROOT, "%.0f s", record.machine().seconds()));
  }

  private static String shares(CellRecord record) {
    StringBuilder text = new StringBuilder();
    for (Figure figure : new Figure[] {Figure.ACCURACY, Figure.AGREEMENT}) {
      Optional<Estimate> found = record.get(figure);
      found.ifPresent(
          it ->
              text.append(
                  String.format(Locale.ROOT, "%s %.1f%%, ", figure.title(), 100 * it.value())));
    }
    return text.toString();
  }

  @Override
  public boolean stop() {
    return interruption.requested() || System.nanoTime() >= end;
  }

  private void clear() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
    last = Long.MAX_VALUE;
  }

  @Override
  public void close() {
    clear();
  }
}

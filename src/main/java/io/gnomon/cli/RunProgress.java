package io.gnomon.cli;

import io.gnomon.config.TrainingConfig;
import io.gnomon.projection.ProjectionListener;
import io.gnomon.trace.Measure;
import io.gnomon.trace.TraceRow;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** A projection as the user sees it: a bar on a terminal, a line a row everywhere. */
final class RunProgress implements ProjectionListener, AutoCloseable {

  private final Console console;
  private final TrainingConfig training;
  private final Interruption interruption;
  private @Nullable ProgressBar bar;
  private boolean headed;

  RunProgress(Console console, TrainingConfig training, Interruption interruption) {
    this.console = console;
    this.training = training;
    this.interruption = interruption;
  }

  @Override
  public void note(String line) {
    console.err().println(line);
  }

  @Override
  public void stepped(long step) {
    if (!console.interactive()) {
      return;
    }
    if (bar == null) {
      bar = start(step);
    }
    bar.stepTo(step * training.batchSize());
  }

  /** The bar counts samples, so that its speed is samples a second. */
  private ProgressBar start(long step) {
    return RedrawnLine.bar(console, "projecting")
        .setInitialMax((long) training.steps() * training.batchSize())
        .startsFrom((step - 1) * training.batchSize(), Duration.ZERO)
        .setUnit(" samples", 1)
        .build();
  }

  @Override
  public void traced(TraceRow row) {
    if (!headed) {
      headed = true;
      console
          .err()
          .printf(
              Locale.ROOT,
              "%9s %9s %8s %8s %8s %8s %9s %9s %9s%n",
              "step",
              "loss",
              "α",
              "α_0",
              "‖h‖",
              "c",
              "agree",
              "agr.text",
              "samples/s");
    }
    String line =
        String.format(
            Locale.ROOT,
            "%9d %9s %8s %8s %8s %8s %9s %9s %9s",
            row.step(),
            number(row.get(Measure.LOSS), "%.5f"),
            number(row.get(Measure.ALPHA), "%.4f"),
            number(row.get(Measure.ALPHA_FLOOR), "%.4f"),
            number(row.get(Measure.NORM_H), "%.4f"),
            number(row.get(Measure.C), "%.4f"),
            percent(row.get(Measure.AGREEMENT_NOISE)),
            percent(row.get(Measure.AGREEMENT_TEXT)),
            number(row.get(Measure.SAMPLES_PER_SECOND), "%.0f"));
    // On a terminal the bar stands in the line that this one takes; it is drawn anew below.
    console.err().println(bar == null ? line : "\r" + pad(line));
  }

  private static String pad(String line) {
    return line + " ".repeat(Math.max(0, RedrawnLine.WIDTH - line.length()));
  }

  private static String percent(OptionalDouble share) {
    return share.isEmpty() ? "-" : String.format(Locale.ROOT, "%.1f%%", 100 * share.getAsDouble());
  }

  private static String number(OptionalDouble value, String format) {
    return value.isEmpty() ? "-" : String.format(Locale.ROOT, format, value.getAsDouble());
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

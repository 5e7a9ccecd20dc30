package io.gnomon.sink;

import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.FlatSettings;
import io.gnomon.trace.TraceFile;
import io.gnomon.trace.TraceRow;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that {@code trace.to} names. A sink that fails is told of once; the run goes on, and the sink
 * is given what it lacks at a later row, or when the run is resumed.
 */
public final class TraceSinks {
  private final TraceFile file;
  private final List<TraceSink> sinks;
  private final Consumer<String> note;
  private final Set<TraceSink> told = new HashSet<>();
  private @Nullable List<TraceRow> rows;

  TraceSinks(TraceFile file, List<TraceSink> sinks, Consumer<String> note) {
    this.file = file;
    this.sinks = sinks;
    this.note = note;
  }

  /**
   * The sinks of a run; none where its configuration names none.
   *
   * @param folder the run's
   * @param file its trace
   * @param note hears what a user should know
   */
  public static TraceSinks of(
      ExperimentConfig config, Path folder, TraceFile file, Consumer<String> note) {
    List<TraceSink> sinks =
        config.trace().sinks().stream().map(name -> sink(name, config, folder)).toList();
    return new TraceSinks(file, sinks, note);
  }

  private static TraceSink sink(String name, ExperimentConfig config, Path folder) {
    if (name.equals("tensorboard")) {
      return new TensorBoardFile(folder.resolve(TensorBoardFile.NAME));
    }
    URI server = URI.create(name.substring("mlflow:".length()));
    return new MlflowRun(
        new MlflowServer(server, System.getenv()),
        folder,
        config.name(),
        FlatSettings.of(config),
        System::nanoTime);
  }

  /** Whether there are any. */
  public boolean isEmpty() {
    return sinks.isEmpty();
  }

  /** Passes on a row that was appended to the trace. */
  public void traced(TraceRow row) {
    if (rows == null) {
      rows = new ArrayList<>(file.read());
    } else {
      rows.add(row);
    }
    List<TraceRow> all = rows;
    sinks.forEach(sink -> attempt(sink, () -> sink.update(all)));
  }

  /** No further row comes in this sitting. */
  public void end(Ending ending) {
    if (sinks.isEmpty()) {
      return;
    }
    List<TraceRow> all = Objects.requireNonNullElseGet(rows, file::read);
    sinks.forEach(sink -> attempt(sink, () -> sink.end(all, ending)));
  }

  private interface Attempt {
    void make() throws IOException;
  }

  private void attempt(TraceSink sink, Attempt attempt) {
    try {
      attempt.make();
    } catch (IOException | RuntimeException e) {
      // Whatever it is, hours of training are worth more; the trace itself is written.
      if (told.add(sink)) {
        note.accept(
            "%s: %s; the run goes on, trace.jsonl has every row, and what this sink lacks it gets at a"
                    .formatted(sink.name(), cause(e))
                + " later row or under --resume");
      }
    }
  }

  private static String cause(Exception e) {
    String said = e.getMessage();
    String line = said == null ? "" : said.lines().findFirst().orElse("");
    return line.isEmpty() ? e.getClass().getSimpleName() : line;
  }
}

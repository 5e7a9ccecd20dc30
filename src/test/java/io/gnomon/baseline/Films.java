package io.gnomon.baseline;

import io.gnomon.config.ConfigLoader;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.projection.ProjectionListener;
import io.gnomon.trace.TraceRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Short films, half of them liked, and small runs of the embedded teacher's on them. */
final class Films {
  private static final Path HOME = Path.of(System.getProperty("gnomon.home", "."));
  private static final List<String> NOUNS = List.of("plot", "cast", "score", "end", "cut");

  private Films() {}

  /** Writes {@code rows} films to a file that trains, and others to one that tests. */
  static void write(Path folder, int rows) throws IOException {
    write(folder.resolve("train.csv"), rows, 5);
    write(folder.resolve("test.csv"), 40, 7);
  }

  private static void write(Path file, int rows, long seed) throws IOException {
    StringBuilder csv = new StringBuilder("text,label\n");
    SplittableRandom random = new SplittableRandom(seed);
    for (int row = 0; row < rows; row++) {
      String liked = row % 2 == 0 ? "lovely" : "boring";
      int length = 1 + random.nextInt(7);
      for (int i = 0; i < length; i++) {
        String noun = NOUNS.get(random.nextInt(NOUNS.size()));
        csv.append(String.format(Locale.ROOT, "a %s %s, ", liked, noun).replace(",", " and"));
      }
      csv.append("film ").append(row).append(row % 2 == 0 ? ",positive\n" : ",negative\n");
    }
    Files.writeString(file, csv.toString());
  }

  /** The quickstart, small, measured on the test file. */
  static ExperimentConfig config(Path folder, String text, String... more) {
    List<String> sets = new ArrayList<>();
    sets.add("task.data={kind: table, path: " + folder.resolve("test.csv") + "}");
    sets.add("text=" + text.replace("@", folder.toString()));
    sets.add("training={steps: 10, batch_size: 5, checkpoint_every: 3}");
    sets.add("optimizer={learning_rate: 0.001, coefficient_rate: 10, warmup_steps: 1}");
    sets.add("trace={every: 2, probe: 7, text: {limit: 0, max_length: 23}}");
    sets.add("student.dropout=0.1");
    sets.add("runtime={device: cpu, threads: 1}");
    sets.addAll(List.of(more));
    return ConfigLoader.experiment(HOME.resolve("configs/quickstart.yaml"), sets).config();
  }

  /** Takes down what it is told, and stops when as many steps are made. */
  static final class Listener implements ProjectionListener {
    final List<String> notes = new ArrayList<>();
    private final long stopBehind;
    private long made;

    Listener(long stopBehind) {
      this.stopBehind = stopBehind;
    }

    @Override
    public void note(String line) {
      notes.add(line);
    }

    @Override
    public void stepped(long step) {
      made = step;
    }

    @Override
    public void traced(TraceRow row) {}

    @Override
    public boolean stop() {
      return made >= stopBehind;
    }
  }
}

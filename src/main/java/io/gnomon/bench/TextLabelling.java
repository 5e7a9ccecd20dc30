package io.gnomon.bench;

import io.gnomon.experiment.Labelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks a teacher about texts, a chunk at a time. Each chunk is kept at once, so that a sitting that
 * is stopped, or killed, costs no more than the one under way; the chunks are the same whenever it
 * goes on, and so are the answers.
 *
 * @param file where the answers are kept
 * @param chunk texts between two looks at the clock
 * @param teacher texts → (N, K)
 */
record TextLabelling(
    LabellingFile file,
    int chunk,
    Function<List<String>, double[][]> teacher,
    CellListener listener) {
  /**
   * The answers to all of {@code texts}.
   *
   * @return empty when the listener said stop
   */
  Optional<Labelling> of(List<String> texts) {
    Labelling begun = file.begun();
    List<double[]> rows = new ArrayList<>(List.of(begun.g()));
    double seconds = begun.seconds();
    while (rows.size() < texts.size()) {
      if (listener.stop()) {
        return Optional.empty();
      }
      int end = Math.min(texts.size(), rows.size() + chunk);
      long start = System.nanoTime();
      rows.addAll(List.of(teacher.apply(texts.subList(rows.size(), end))));
      seconds += (System.nanoTime() - start) / 1e9;
      file.keepBegun(new Labelling(rows.toArray(double[][]::new), seconds));
      listener.progress(end, texts.size());
    }
    Labelling labels = new Labelling(rows.toArray(double[][]::new), seconds);
    file.keep(labels);
    return Optional.of(labels);
  }
}

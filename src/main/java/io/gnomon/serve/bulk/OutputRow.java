package io.gnomon.serve.bulk;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A row of the output.
 *
 * @param place where its text stood
 * @param kept values carried along
 * @param answer its labels
 */
record OutputRow(Place place, List<JsonNode> kept, Answer answer) {
  /** Column of the input's name, where there are several. */
  static final String FILE = "file";

  /** Column of the row's number in its input. */
  static final String ROW = "row";

  /** Column of the labels chosen, the likeliest first. */
  static final String LABELS = "labels";

  /** Column of their probabilities, in the same order. */
  static final String PROBABILITIES = "probabilities";

  /** Column of who answered, where there are several. */
  static final String BY = "by";

  private static final double DIGITS = 1e6;

  OutputRow {
    kept = List.copyOf(kept);
  }

  List<String> labels() {
    return answer.tagging().labels();
  }

  /** To six digits: more are noise of the arithmetic. */
  List<Double> probabilities() {
    return labels().stream()
        .map(label -> Math.round(answer.tagging().probability(label) * DIGITS) / DIGITS)
        .toList();
  }
}

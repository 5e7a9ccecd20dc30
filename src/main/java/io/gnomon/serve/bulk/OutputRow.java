package io.gnomon.serve.bulk;

import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * A row of the output.
 *
 * @param place where its text stood
 * @param kept values carried along
 * @param answer its labels
 */
public record OutputRow(Place place, List<JsonNode> kept, Answer answer) {
  /** Column of the input's name, where there are several. */
  public static final String FILE = "file";

  /** Column of the row's number in its input. */
  public static final String ROW = "row";

  /** Column of the labels chosen, the likeliest first. */
  public static final String LABELS = "labels";

  /** Column of their probabilities, in the same order. */
  public static final String PROBABILITIES = "probabilities";

  /** Column of who answered, where there are several. */
  static final String BY = "by";

  private static final double DIGITS = 1e6;

  /** Copies the list. */
  public OutputRow {
    kept = List.copyOf(kept);
  }

  /** The labels chosen, the likeliest first. */
  public List<String> labels() {
    return answer.tagging().labels();
  }

  /**
   * The rows of a stretch that can be answered, answered together by a student.
   *
   * @param stretch in the input's order, which the answers keep
   */
  public static List<OutputRow> of(List<InputRow> stretch, Labeller.Student student) {
    List<InputRow.Text> texts = InputRow.texts(stretch);
    List<Answer> answers = student.label(texts.stream().map(InputRow.Text::text).toList());
    return IntStream.range(0, texts.size())
        .mapToObj(i -> new OutputRow(texts.get(i).place(), texts.get(i).kept(), answers.get(i)))
        .toList();
  }

  /** Their probabilities, to six digits: more are noise of the arithmetic. */
  public List<Double> probabilities() {
    return labels().stream()
        .map(label -> Math.round(answer.tagging().probability(label) * DIGITS) / DIGITS)
        .toList();
  }
}

package io.gnomon.serve.bulk;

import io.gnomon.config.InputException;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What of a row is used.
 *
 * @param text the column that is tagged
 * @param keep columns carried along to the output, in this order
 * @param longest bytes of a row; a longer one is rejected
 */
public record Columns(String text, List<String> keep, int longest) implements Serializable {
  /** Longest row that can be asked for: escaped as JSON it still is one that DuckDB reads. */
  public static final int MOST = 2_000_000;

  private static final Set<String> OWN =
      Set.of(
          OutputRow.FILE, OutputRow.ROW, OutputRow.LABELS, OutputRow.PROBABILITIES, OutputRow.BY);

  /**
   * Checks them.
   *
   * @throws InputException when a column has a name that the output needs, or comes twice
   */
  public Columns {
    keep = List.copyOf(keep);
    for (String name : keep) {
      if (OWN.contains(name) || keep.indexOf(name) != keep.lastIndexOf(name)) {
        throw new InputException(
            "--keep: expected distinct names other than file, row, labels, probabilities and by,"
                + " found "
                + name
                + "; rename the column, or leave it out");
      }
    }
    if (longest < 1 || longest > MOST) {
      throw new InputException(
          "--longest: expected 1 to %d bytes, found %d; give 1000000".formatted(MOST, longest));
    }
  }

  /** The text and what is carried along. */
  public List<String> all() {
    return keep.contains(text) ? keep : Stream.concat(Stream.of(text), keep.stream()).toList();
  }

  /** A text's column that holds something else. */
  public InputException noTexts(String where, String found) {
    return new InputException(
        "%s: expected texts in column '%s', found %s; name another with --text"
            .formatted(where, text, found));
  }

  /** A column that a whole file lacks. */
  public static InputException missing(String where, String column, List<String> found) {
    return new InputException(
        "%s: expected a column '%s', found %s; name the right ones with --text and --keep"
            .formatted(where, column, String.join(", ", found)));
  }
}

package io.gnomon.serve.bulk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are answered together. The last digits of an answer depend on its company, so where a
 * stretch ends follows from the file alone: at its end, behind every row whose number is a multiple
 * of a block's, and where there are many characters. Whoever has but a part of a file, from the
 * beginning of a block on, comes to the same stretches and so to the same rows.
 */
public final class Stretch {
  /** Rows of a block, unless somebody has a reason: enough to sort by length. */
  public static final int BLOCK = 4096;

  /** Characters after which a stretch ends whatever its rows. */
  static final long CHARACTERS = 1 << 22;

  private Stretch() {}

  /** Rows of one file, one after the other. */
  @FunctionalInterface
  public interface Source {
    /** The next row, or null behind the last. */
    @Nullable InputRow next();
  }

  /**
   * The next stretch of a file; empty behind its end.
   *
   * @param rows stands at the beginning of a stretch
   * @param block most rows
   */
  public static List<InputRow> next(Source rows, int block) {
    List<InputRow> stretch = new ArrayList<>();
    long characters = 0;
    boolean ended = false;
    while (!ended) {
      InputRow row = rows.next();
      if (row == null) {
        break;
      }
      stretch.add(row);
      characters += row.size();
      ended = row.place().row() % block == 0 || characters >= CHARACTERS;
    }
    return stretch;
  }
}

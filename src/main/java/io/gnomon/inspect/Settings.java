package io.gnomon.inspect;

import io.gnomon.config.InputException;

/**
 * What counts as near, unsure and rare.
 *
 * @param similarity Jaccard similarity of shingles from which two texts are near-duplicates
 * @param shingle characters of a shingle
 * @param within whether near-duplicates are looked for inside the set as well
 * @param below probability under which a label is one the labeller was unsure of
 * @param rare a label that fewer rows have is rare
 */
public record Settings(double similarity, int shingle, boolean within, double below, int rare) {
  /** What is taken where nothing else is said. */
  public static final Settings USUAL = new Settings(0.8, 5, false, 0.6, 5);

  /**
   * Checks the numbers.
   *
   * @throws InputException when one is out of range
   */
  public Settings {
    require("--similarity", similarity > 0 && similarity <= 1, "above 0 and up to 1", similarity);
    require("--shingle", shingle >= 1 && shingle <= 100, "from 1 to 100", shingle);
    require("--below", below >= 0 && below <= 1, "from 0 to 1", below);
    require("--rare", rare >= 0, "of 0 or more", rare);
  }

  private static void require(String option, boolean holds, String range, Number found) {
    if (!holds) {
      throw new InputException(
          "%s: expected a number %s, found %s; give another, or leave it out"
              .formatted(option, range, found));
    }
  }
}

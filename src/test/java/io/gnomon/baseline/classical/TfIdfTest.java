package io.gnomon.baseline.classical;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * By hand, N = 3: blue is in all texts (idf 1 + ln(4/4) = 1), every other word in one (1 + ln(4/2)
 * = 1.69314718); red and café occur twice in theirs (tf 1 + ln 2 = 1.69314718).
 */
class TfIdfTest {
  private static final List<String> TEXTS =
      List.of("Red, red... BLUE", "blue a green", "blue café Cafe sky");

  /** float32 on numbers below one. */
  private static final double ULPS = 1e-6;

  private static final TfIdf ALL = TfIdf.fit(new WordNGrams(1), TEXTS, 1, 100);

  @Test
  void valuesAreThoseOfTheFormula() {
    Rows rows = ALL.prepare(TEXTS).rows();
    assertEquals(5, rows.width());
    assertEquals(0.94420307, value(rows, 0, "red"), ULPS);
    assertEquals(0.32936389, value(rows, 0, "blue"), ULPS);
    assertEquals(0.50854232, value(rows, 1, "blue"), ULPS);
    assertEquals(0.86103700, value(rows, 1, "green"), ULPS);
    assertEquals(0.28765829, value(rows, 2, "blue"), ULPS);
    assertEquals(0.48704782, value(rows, 2, "sky"), ULPS);
    assertEquals(0.82464364, value(rows, 2, "cafe"), ULPS);
    assertEquals(7, rows.entries());
    assertEquals(5, ALL.numbers());
  }

  @Test
  void aKnownWordCountsAndAnUnknownOneDoesNot() {
    Rows rows = ALL.prepare(List.of("purple blue", "purple", "")).rows();
    assertEquals(1, value(rows, 0, "blue"), ULPS);
    assertEquals(0, rows.columns()[1].length);
    assertEquals(0, rows.columns()[2].length);
  }

  @Test
  void rareTermsAndTermsBeyondTheLimitHaveNoColumn() {
    TfIdf shared = TfIdf.fit(new WordNGrams(1), TEXTS, 2, 100);
    assertEquals(1, shared.numbers());
    assertTrue(shared.column(word("blue")) >= 0);
    TfIdf two = TfIdf.fit(new WordNGrams(1), TEXTS, 1, 2);
    assertEquals(2, two.numbers());
    assertTrue(two.column(word("blue")) >= 0);
  }

  @Test
  void columnsAscend() {
    Rows rows = TfIdf.fit(new CharacterNGrams(3, 5), TEXTS, 1, 1000).prepare(TEXTS).rows();
    for (int[] columns : rows.columns()) {
      assertArrayEquals(Arrays.stream(columns).sorted().distinct().toArray(), columns);
      assertFalse(columns.length == 0);
    }
  }

  private static float value(Rows rows, int row, String word) {
    int column = ALL.column(word(word));
    int[] columns = rows.columns()[row];
    int at = Arrays.binarySearch(columns, column);
    return at < 0 ? 0 : rows.values()[row][at];
  }

  private static long word(String word) {
    return new WordNGrams(1).terms(word)[0];
  }
}

package io.gnomon.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LabelledSetTest {
  private static final SetInfo INFO = new SetInfo("toy", "none", "memory");

  @Test
  void labelsAreFoundAmongTheTasksClassesWhateverTheirCase() {
    LabelledSet set = set(row("a", "Positive"), row("b", "negative"), row("c", "POSITIVE"));
    assertArrayEquals(new int[] {1, 0, 1}, set.classIndices(List.of("Negative", "positive")));
  }

  @Test
  void aLabelNeverDeclaredIsNamedWithItsPlace() {
    LabelledSet set = set(row("a", "positive"), row("b", "neutral"));
    assertEquals(
        "toy, row 2: label 'neutral' is not a class of the task, allowed: negative, positive; add"
            + " the class to the task or drop the row",
        Throwing.message(() -> set.classIndices(List.of("negative", "positive"))));
  }

  @Test
  void severalLabelsAreNoClass() {
    LabelledSet set = set(row("a", "x"), row("b", "x", "y"));
    String message = Throwing.message(() -> set.classIndices(List.of("x", "y")));
    assertTrue(message.startsWith("toy, row 2: has 2 labels (x, y), expected one"), message);
    assertArrayEquals(new int[] {0}, set.withOneLabel().classIndices(List.of("x", "y")));
  }

  @Test
  void severalLabelsAreSeveralIndicators() {
    LabelledSet set = set(row("a", "Z", "x"), row("b", "y"));
    assertArrayEquals(
        new boolean[][] {{true, false, true}, {false, true, false}},
        set.classIndicators(List.of("X", "y", "z")));
    assertEquals(
        "toy, row 1: label 'Z' is not a class of the task, allowed: x, y; add the class to the"
            + " task or drop the row",
        Throwing.message(() -> set.classIndicators(List.of("x", "y"))));
  }

  @Test
  void aLimitKeepsEachClassInItsShare() {
    List<LabelledText> rows = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      rows.add(row("text " + i, i < 400 ? "x" : "y"));
    }
    LabelledSet set = LabelledSet.of(INFO, List.of("x", "y"), rows);
    LabelledSet limited = set.limit(70);
    assertEquals(40, limited.rows().stream().filter(r -> r.labels().contains("x")).count());
    assertEquals(70, Set.copyOf(limited.rows()).size());
    assertNotEquals(rows.subList(0, 40), limited.rows().subList(0, 40));
    assertEquals(limited.rows(), set.limit(70).rows());
    assertEquals(limited.rows(), set.limit(131).rows().subList(0, 70));
    for (int i = 0; i < limited.size(); i++) {
      int number = Integer.parseInt(limited.rows().get(i).text().substring("text ".length()));
      assertEquals("toy, row " + (number + 1), limited.where(i));
    }
  }

  @Test
  void aLimitBeyondTheSetIsTheSet() {
    LabelledSet set = set(row("a", "x"));
    assertSame(set, set.limit(2));
    assertThrows(IllegalArgumentException.class, () -> set.limit(0));
  }

  @Test
  void aSetWithoutRowsIsRefused() {
    assertEquals(
        "toy (memory): expected at least one labelled text, found no rows; give a set that"
            + " has some",
        Throwing.message(LabelledSetTest::set));
  }

  private static LabelledSet set(LabelledText... rows) {
    return LabelledSet.of(INFO, List.of("x", "y"), List.of(rows));
  }

  private static LabelledText row(String text, String... labels) {
    return new LabelledText(text, List.of(labels));
  }
}

package io.gnomon.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gnomon.geometry.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void mediansOfOddAndEvenNumbers() {
    assertEquals(new Spread(3, 2, 11), Spread.of(11, 2, 3));
    assertEquals(new Spread(4, 2, 11), Spread.of(11, 5, 2, 3));
    assertThrows(IllegalArgumentException.class, Spread::of);
  }

  @Test
  void ratiosCompareWithinARound() {
    // The machine was three times slower in the second round, for both alike.
    Series slow = new Series(List.of(new double[] {4, 2}, new double[] {12, 6}, new double[] {6}));
    Series fast = new Series(List.of(new double[] {3}, new double[] {9}, new double[] {2}));
    assertEquals(2, fast.timesFasterThan(slow));
    assertEquals(new Spread(6, 6, 18), slow.seconds());
    assertEquals(new Spread(10, 10.0 / 3, 15), fast.rate(30));
  }

  @Test
  void everyOtherRoundRunsBackwardsAndTheFirstDoesNotCount() {
    List<String> order = new ArrayList<>();
    List<Integer> told = new ArrayList<>();
    Map<String, Series> series =
        new Rounds()
            .add("a", () -> order.add("a"))
            .addPhases(
                "b",
                () -> {
                  order.add("b");
                  return new double[] {5, 7};
                })
            .run(2, told::add);
    assertEquals(List.of("a", "b", "b", "a", "a", "b"), order);
    assertEquals(List.of(0, 1, 2), told);
    Series b = series.getOrDefault("b", new Series(List.of()));
    assertEquals(2, b.rounds().size());
    assertEquals(new Spread(7, 7, 7), b.phase(1));
  }

  @Test
  void twoTasksOfOneNameAreRefused() {
    Rounds rounds = new Rounds().add("a", () -> {});
    assertThrows(IllegalArgumentException.class, () -> rounds.add("a", () -> {}));
  }
}

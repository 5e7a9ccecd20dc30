package io.gnomon.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RaceTest {
  private static final List<String> SINGLE = List.of("a", "bb");
  private static final List<String> BULK = List.of("a", "bb", "ccc");

  /** Says the second class of texts of an even length, and tells who was asked for how many. */
  private record Even(String name, List<String> asked) implements Contestant {
    @Override
    public long bytes() {
      return 7;
    }

    @Override
    public double[][] probabilities(List<String> texts) {
      asked.add(name + texts.size());
      return texts.stream()
          .map(
              text ->
                  text.length() % 2 == 0 ? new double[] {0.25, 0.75} : new double[] {0.75, 0.25})
          .toArray(double[][]::new);
    }

    @Override
    public void close() {}
  }

  @Test
  void allHaveTheirTurnInEachRound() {
    List<String> asked = new ArrayList<>();
    List<Integer> rounds = new ArrayList<>();
    Race race = new Race(List.of(new Even("x", asked), new Even("y", asked)), SINGLE, BULK, 2, 0);
    List<LatencyReport.Row> rows = race.run(new int[] {0, 1, 1}, rounds::add);
    List<String> turn = List.of("x1", "x1", "x3", "y1", "y1", "y3");
    assertEquals(3, asked.size() / turn.size()); // one of them to warm up
    for (int round = 0; round < 3; round++) {
      assertEquals(turn, asked.subList(6 * round, 6 * round + 6));
    }
    assertEquals(List.of(0, 1, 2), rounds);
    assertEquals(List.of("x", "y"), rows.stream().map(LatencyReport.Row::name).toList());
    assertEquals(2 / 3.0, rows.get(0).accuracy());
    assertEquals(7, rows.get(0).bytes());
    // the last is what the others are compared with
    assertEquals(1, rows.get(1).singleRatio());
    assertEquals(1, rows.get(1).bulkRatio());
    assertTrue(rows.get(0).singleRatio() > 0);
  }

  @Test
  void withoutClassesThereIsNoAccuracy() {
    Race race = new Race(List.of(new Even("x", new ArrayList<>())), SINGLE, BULK, 1, 0);
    assertNull(race.run(null, round -> {}).get(0).accuracy());
  }
}

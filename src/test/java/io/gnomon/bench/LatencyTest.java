package io.gnomon.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatencyTest {
  private static final long MILLISECOND = 1_000_000;
  private static final List<String> TEXTS = List.of("a", "b", "c", "d", "e", "f", "g");

  /** Takes 1 ms for each of its first answers one at a time, and hardly anything for the others. */
  private record Slow(int slow, List<Integer> asked) implements Classifier {
    @Override
    public double[][] probabilities(List<String> texts) {
      asked.add(texts.size());
      if (texts.size() == 1 && Collections.frequency(asked, 1) <= slow) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < MILLISECOND) {
          Thread.onSpinWait();
        }
      }
      return new double[texts.size()][1];
    }

    @Override
    public Making making() {
      return new Making(Map.of(), 0, 0, 0, 0);
    }

    @Override
    public void close() {}
  }

  @Test
  void whatIsSlowAtFirstIsNotCounted() {
    List<Integer> asked = new ArrayList<>();
    Slow slow = new Slow(5 * TEXTS.size(), asked);
    Latency warm = Latency.of(slow, TEXTS, 300 * MILLISECOND);
    assertTrue(warm.millisecondsPerText().median() < 1, warm::toString);
    assertTrue(warm.rounds() > 5, warm::toString);
  }

  @Test
  void howeverSlowThereAreThreeRoundsOfEach() {
    List<Integer> asked = new ArrayList<>();
    Latency cold = Latency.of(new Slow(Integer.MAX_VALUE, asked), TEXTS, 0);
    assertEquals(3, cold.rounds());
    assertEquals(4 * TEXTS.size(), Collections.frequency(asked, 1)); // one of them to warm up
    assertEquals(4, Collections.frequency(asked, TEXTS.size()));
    assertTrue(cold.millisecondsPerText().min() >= 1, cold::toString);
  }

  @Test
  void theTimeIsBounded() {
    assertEquals(60_000_000, Latency.warmUp(60));
    assertEquals(2_000_000_000, Latency.warmUp(25_000));
  }
}

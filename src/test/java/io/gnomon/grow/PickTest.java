package io.gnomon.grow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PickTest {
  private static final double[][] H = {
    {0.9, 0.05, 0.05}, {0.4, 0.35, 0.25}, {0.5, 0.1, 0.4}, {0.34, 0.33, 0.33}
  };

  /** Nobody to ask. */
  private static final Pick.Asked NOBODY =
      posts -> {
        throw new AssertionError("asked about " + posts);
      };

  private static Pick.Asked student(double[][] h) {
    return posts -> posts.stream().map(i -> h[i]).toArray(double[][]::new);
  }

  private static final List<Integer> ALL = List.of(0, 1, 2, 3);

  @Test
  void theLeastSureComeFirst() {
    // margins 0.85, 0.05, 0.1, 0.01
    assertEquals(List.of(3, 1, 2), Pick.UNCERTAIN.of(student(H), ALL, 3, false, 1));
    List<Integer> asked = new ArrayList<>();
    Pick.Asked listening =
        posts -> {
          asked.addAll(posts);
          return student(H).about(posts);
        };
    assertEquals(List.of(2, 0), Pick.UNCERTAIN.of(listening, List.of(0, 2), 2, false, 1));
    assertEquals(List.of(0, 2), asked); // of the open ones alone
  }

  @Test
  void ofSeveralLabelsTheLeastSureDecisionCounts() {
    double[][] h = {{0.9, 0.1}, {0.99, 0.52}, {0.3, 0.01}};
    // 0.8, 0.04, 0.4
    assertEquals(List.of(1, 2, 0), Pick.UNCERTAIN.of(student(h), List.of(0, 1, 2), 3, true, 1));
    assertEquals(0.04, Pick.certainty(h[1], true), 1e-12);
  }

  @Test
  void randomIsOfItsSeedAloneAndAsksNobody() {
    List<Integer> many = IntStream.range(0, 97).boxed().toList();
    List<Integer> one = Pick.RANDOM.of(NOBODY, many, 11, false, Pick.seed(5, 1));
    assertEquals(one, Pick.RANDOM.of(NOBODY, many, 11, false, Pick.seed(5, 1)));
    assertNotEquals(one, Pick.RANDOM.of(NOBODY, many, 11, false, Pick.seed(5, 2)));
    assertEquals(11, one.stream().distinct().count());
  }
}

package io.gnomon.baseline.classical;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NeighboursTest {
  @Test
  void theLargestComeFirstAndOfEqualsTheFirst() {
    assertArrayEquals(
        new int[] {3, 1, 4, 0}, Neighbours.nearest(new float[] {0.1f, 0.5f, 0, 0.9f, 0.5f, -1}));
  }

  @Test
  void fifteenAreEnough() {
    float[] similarities = new float[23];
    for (int i = 0; i < similarities.length; i++) {
      similarities[i] = (i * 7 % 23 + 1) / 23f;
    }
    int[] nearest = Neighbours.nearest(similarities);
    assertEquals(15, nearest.length);
    assertEquals(1f, similarities[nearest[0]]);
    assertEquals(9 / 23f, similarities[nearest[14]], 1e-6f);
  }

  @Test
  void votesGoByDirectionNotLength() {
    // rows (1, 0), (9, 9) and (0, 1); the first is alone in its class
    Rows rows = new Rows(2, new int[][] {{0}, {0, 1}, {1}}, new float[][] {{1}, {9, 9}, {1}});
    Neighbours neighbours = Neighbours.fit(rows, Targets.ofClasses(new int[] {0, 1, 1}, 2));
    double[][] votes =
        neighbours.probabilities(
            new Rows(2, new int[][] {{0}, {1}, {}}, new float[][] {{5}, {5}, {}}));
    assertArrayEquals(new double[] {0.5, 0.5}, votes[0], 1e-12); // rows 1 and 2: the third is at 0
    assertArrayEquals(new double[] {0, 1}, votes[1], 1e-12);
    assertArrayEquals(new double[] {1 / 3.0, 2 / 3.0}, votes[2], 1e-12); // shares of the classes
    assertEquals(4, neighbours.numbers());
  }

  /** A column that all rows have takes another way through the sums. */
  @Test
  void fullAndSparseColumnsAddUpAlike() {
    Rows full = new Rows(2, new int[][] {{0, 1}, {0, 1}}, new float[][] {{3, 4}, {0, 5}});
    Rows sparse = new Rows(2, new int[][] {{0, 1}, {1}}, new float[][] {{3, 4}, {5}});
    for (Rows rows : new Rows[] {full, sparse}) {
      float[] sums = new float[2];
      Postings.of(rows).similarities(new int[] {0, 1}, new float[] {0.5f, 2}, sums);
      assertArrayEquals(new float[] {1.9f, 2}, sums, 1e-6f, Arrays.deepToString(rows.values()));
    }
  }
}

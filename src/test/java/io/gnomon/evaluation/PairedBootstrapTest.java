package io.gnomon.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.evaluation.PairedBootstrap.Difference;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {
  /** Of two rows each wins one: a resample's difference is −1, 0 or 1 with odds 1 : 2 : 1. */
  @Test
  void twoRowsByHand() {
    double[][] scores = {{1, 0}, {0, 1}};
    Difference difference = new PairedBootstrap(scores, 1000, 3).difference(0, 1);
    assertEquals(new Interval(0, -1, 1), difference.value());
    assertEquals(1, difference.p());
  }

  /** No resample can lie on the other side: p is the least that so many can tell. */
  @Test
  void alwaysBetterIsTheLeastP() {
    double[][] scores = {{1, 1, 1}, {0, 0, 0}};
    Difference difference = new PairedBootstrap(scores, 199, 3).difference(0, 1);
    assertEquals(new Interval(1, 1, 1), difference.value());
    assertEquals(2.0 / 200, difference.p(), 1e-12);
  }

  /**
   * 60 rows won and 30 lost of 1,009: mean 0.02973, standard error √(0.0892 − 0.0009)/√1009 =
   * 0.00935, z = 3.18, p = 0.0015.
   */
  @Test
  void agreesWithTheNormalInterval() {
    int n = 1009;
    double[][] scores = new double[2][n];
    Arrays.fill(scores[0], 100, 160, 1);
    Arrays.fill(scores[1], 160, 190, 1);
    Difference difference = new PairedBootstrap(scores, 10_000, 1).difference(0, 1);
    double mean = 30.0 / n;
    double error = Math.sqrt((90.0 / n - mean * mean) / n);
    assertEquals(mean, difference.value().value(), 1e-12);
    assertEquals(mean - 1.96 * error, difference.value().low(), 0.001);
    assertEquals(mean + 1.96 * error, difference.value().high(), 0.001);
    assertEquals(0.0015, difference.p(), 0.0009);
  }

  /**
   * 400 rows won and 100 lost of 2,003: z = 0.1498 / 0.01067 = 14.04, and no resample crosses 0. A
   * family of 300 pairs would leave 2e-4 without significance, and has 3e-42.
   */
  @Test
  void aClearDifferenceIsTheNormalTail() {
    int n = 2003;
    double[][] scores = new double[2][n];
    Arrays.fill(scores[0], 0, 400, 1);
    Arrays.fill(scores[1], 400, 500, 1);
    double p = new PairedBootstrap(scores, 2000, 1).difference(0, 1).p();
    assertTrue(p < 1e-36 && p > 1e-50, () -> "p " + p); // z from 12.7 to 14.8
  }

  /** 20 rows won and none lost are too few for a normal tail: as many resamples, as small a p. */
  @Test
  void aFewRowsAreCounted() {
    double[][] scores = new double[2][1009];
    Arrays.fill(scores[0], 0, 20, 1);
    assertEquals(2.0 / 500, new PairedBootstrap(scores, 499, 1).difference(0, 1).p(), 1e-12);
  }

  /** What makes a row hard for both cancels: the pair is told apart where the two alone are not. */
  @Test
  void pairingIsWhatCounts() {
    int n = 1009;
    double[][] scores = new double[2][n];
    Arrays.fill(scores[0], 0, 520, 1);
    Arrays.fill(scores[1], 0, 505, 1); // right only where the first is
    Difference difference = new PairedBootstrap(scores, 2000, 1).difference(0, 1);
    assertTrue(difference.value().low() > 0, () -> difference.toString());
    double alone = Math.sqrt(2 * 0.25 / n); // of the difference, were they independent
    assertTrue(difference.value().value() < 1.96 * alone);
  }

  @Test
  void swappingTurnsTheSign() {
    double[][] scores = {{1, 1, 0, 1, 1}, {0, 1, 1, 0, 0}};
    PairedBootstrap bootstrap = new PairedBootstrap(scores, 500, 7);
    Difference one = bootstrap.difference(0, 1);
    Difference other = bootstrap.difference(1, 0);
    assertEquals(one.value().value(), -other.value().value(), 1e-12);
    assertEquals(one.value().low(), -other.value().high(), 1e-12);
    assertEquals(one.p(), other.p());
  }

  @Test
  void unequalRowsAreRefused() {
    double[][] scores = {{1, 0}, {1}};
    assertThrows(IllegalArgumentException.class, () -> new PairedBootstrap(scores, 10, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new PairedBootstrap(new double[0][0], 10, 1));
  }
}

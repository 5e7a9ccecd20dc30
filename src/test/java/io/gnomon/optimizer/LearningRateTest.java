package io.gnomon.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gnomon.config.OptimizerConfig.Schedule;
import org.junit.jupiter.api.Test;

class LearningRateTest {
  private static final double EXACT = 1e-15;

  @Test
  void warmsUpThenFallsAsHalfACosine() {
    LearningRate rate = new LearningRate(0.5, 10, 30, Schedule.COSINE);
    assertEquals(0.05, rate.at(1), EXACT);
    assertEquals(0.35, rate.at(7), EXACT);
    assertEquals(0.5, rate.at(10), EXACT);
    assertEquals(0.5 * (1 + Math.sqrt(0.5)) / 2, rate.at(15), EXACT);
    assertEquals(0.25, rate.at(20), EXACT);
    assertEquals(0, rate.at(30), EXACT);
    assertEquals(0, rate.at(31), EXACT);
  }

  @Test
  void staysAtThePeakWhenConstant() {
    LearningRate rate = new LearningRate(0.5, 0, 30, Schedule.CONSTANT);
    assertEquals(0.5, rate.at(1), EXACT);
    assertEquals(0.5, rate.at(30), EXACT);
  }

  @Test
  void aRunShorterThanItsWarmUpOnlyWarmsUp() {
    LearningRate rate = new LearningRate(1, 100, 20, Schedule.COSINE);
    assertEquals(0.2, rate.at(20), EXACT);
  }
}

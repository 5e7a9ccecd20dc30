package io.gnomon.teacher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Draws from three tokens of probability ½, ⅙ and ⅓, in the second of two rows. */
class TokenChoiceTest {
  private static final int DRAWS = 6000;

  private static final float[] LOGITS = {
    0, 0, 0, (float) Math.log(3), (float) Math.log(1), (float) Math.log(2)
  };

  @ParameterizedTest
  @CsvSource({
    // temperature, top-p, shares of the tokens 0, 1 and 2
    "1,    1,    0.5,    0.16667, 0.33333",
    "0,    1,    1,      0,       0",
    "0.5,  1,    0.64286, 0.07143, 0.28571", // weights 9, 1, 4
    "1,    0.49, 1,      0,       0", // the likeliest alone has half
    "1,    0.51, 0.6,    0,       0.4",
    "1,    0.84, 0.5,    0.16667, 0.33333",
    "0.01, 0.99, 1,      0,       0"
  })
  void sharesFollowFromTemperatureAndNucleus(
      double temperature, double topP, double first, double second, double third) {
    TokenChoice choice = new TokenChoice(new Generation(1, temperature, topP), 3);
    SplittableRandom random = new SplittableRandom(7);
    int[] counts = new int[3];
    for (int i = 0; i < DRAWS; i++) {
      counts[choice.draw(LOGITS, 1, random)]++;
    }
    double[] expected = {first, second, third};
    for (int id = 0; id < 3; id++) {
      // four standard deviations of a share drawn so often, and none where nothing is left to
      // chance
      double sigma = Math.sqrt(expected[id] * (1 - expected[id]) / DRAWS);
      assertEquals(expected[id], counts[id] / (double) DRAWS, 4 * sigma, "token " + id);
    }
  }

  /** The nucleus of a long tail is found below the first thresholds. */
  @Test
  void aFlatTailIsANucleusToo() {
    int vocabulary = 1009;
    float[] logits = new float[vocabulary];
    logits[13] = (float) Math.log(1000);
    TokenChoice choice = new TokenChoice(new Generation(1, 1, 0.75), vocabulary);
    SplittableRandom random = new SplittableRandom(11);
    long tail = IntStream.range(0, DRAWS).filter(i -> choice.draw(logits, 0, random) != 13).count();
    // 1000 of 2008 lie on token 13; of the nucleus of 1506, 506 lie on the tail
    assertEquals(506 / 1506.0, tail / (double) DRAWS, 0.03);
  }
}

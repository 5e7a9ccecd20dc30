package io.gnomon.baseline.classical;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MiniLmTest {
  private static final MiniLm MODEL = new MiniLm(128, 1);

  @AfterAll
  static void close() {
    MODEL.close();
  }

  @Test
  void textsThatMeanTheSameLieClose() {
    float[][] v =
        MODEL
            .embed(
                List.of(
                    "The film was wonderful.",
                    "I loved this movie!",
                    "Shares of the oil company fell sharply."))
            .vectors();
    assertEquals(384, v[0].length);
    assertEquals(1, Rows.length(v[0]), 1e-5);
    assertTrue(dot(v[0], v[1]) > 0.5, () -> "film, movie: " + dot(v[0], v[1]));
    assertTrue(dot(v[0], v[2]) < 0.2, () -> "film, oil: " + dot(v[0], v[2]));
  }

  @Test
  void aVectorIsAFunctionOfItsTextAlone() {
    String text = "Brilliant, if a little long 🎬";
    float[] alone = MODEL.embed(List.of(text)).vectors()[0];
    float[][] among = MODEL.embed(List.of("no", text, "word ".repeat(500), "")).vectors();
    assertArrayEquals(alone, among[1]);
  }

  @Test
  void whatIsBeyondTheLimitIsCutOff() {
    // 126 pieces and the two that frame them
    float[][] v =
        MODEL
            .embed(List.of("word ".repeat(126), "word ".repeat(126) + "awful", "word ".repeat(125)))
            .vectors();
    assertArrayEquals(v[0], v[1]);
    assertTrue(dot(v[0], v[2]) < 1 - 1e-6, "one piece less is another text");
  }

  @Test
  void anEmptyTextHasAVectorToo() {
    assertEquals(1, Rows.length(MODEL.embed(List.of("")).vectors()[0]), 1e-5);
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}

package io.gnomon.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundingTest {
  @ParameterizedTest
  @CsvSource({
    "0x3f800000, 0x3f80", // 1
    "0x3f808000, 0x3f80", // a tie goes to the even one below
    "0x3f818000, 0x3f82", // a tie goes to the even one above
    "0x3f808001, 0x3f81", // just past the tie
    "0xbf818000, 0xbf82", // the same, negative
    "0x7f7fffff, 0x7f80", // past the largest: infinite
    "0x80000000, 0x8000", // −0
    "0xff800000, 0xff80", // −infinity
  })
  void bfloat16ByHand(String wide, String stored) {
    float value = Float.intBitsToFloat(Integer.parseUnsignedInt(wide.substring(2), 16));
    assertEquals(Integer.decode(stored), Short.toUnsignedInt(Narrowing.brain(value)));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0x3c00",
    "-2, 0xc000",
    "65504, 0x7bff", // the largest
    "65519.996, 0x7bff",
    "65520, 0x7c00", // a tie with what would be 65536: infinite
    "0.00006103515625, 0x0400", // 2^-14, the smallest normal
    "0.00006097555, 0x03ff", // the largest subnormal
    "0.000061005354, 0x0400", // 1023.5 * 2^-24: the tie rounds up into the normals
    "5.9604645e-8, 0x0001", // 2^-24, the smallest
    "2.9802322e-8, 0x0000", // 2^-25: a tie goes to the even zero
    "2.9802326e-8, 0x0001",
    "-0.0, 0x8000",
    "2049, 0x6800", // between 2048 and 2050: even
    "2051, 0x6802",
    "-Infinity, 0xfc00",
  })
  void float16ByHand(float value, String stored) {
    assertEquals(Integer.decode(stored), Short.toUnsignedInt(Narrowing.half(value)));
  }

  @Test
  void everyStoredPatternSurvivesTheRoundTrip() {
    for (int pattern = 0; pattern <= 0xffff; pattern++) {
      float half = Widening.half((short) pattern);
      float brain = Float.intBitsToFloat(pattern << 16);
      if (Float.isNaN(half)) {
        assertTrue(Float.isNaN(Widening.half(Narrowing.half(half))));
      } else {
        assertEquals((short) pattern, Narrowing.half(half));
      }
      if (Float.isNaN(brain)) {
        assertTrue(Float.isNaN(Float.intBitsToFloat(Narrowing.brain(brain) << 16)));
      } else {
        assertEquals((short) pattern, Narrowing.brain(brain));
      }
    }
  }

  @Test
  void aNanWithALowPayloadStaysNan() {
    float quiet = Float.intBitsToFloat(0x7f800001);
    assertTrue(Float.isNaN(Float.intBitsToFloat(Narrowing.brain(quiet) << 16)));
    assertTrue(Float.isNaN(Widening.half(Narrowing.half(quiet))));
  }

  /** No stored value lies nearer than the one chosen, over all magnitudes. */
  @Test
  void theNearestIsChosen() {
    SplittableRandom random = new SplittableRandom(23);
    for (int i = 0; i < 100_000; i++) {
      float value = (float) Math.scalb(random.nextDouble() - 0.5, random.nextInt(-26, 15));
      int half = Narrowing.half(value) & 0x7fff;
      double error = Math.abs(Math.abs(value) - Widening.half((short) half));
      double above = Math.abs(Math.abs(value) - Widening.half((short) (half + 1)));
      double below =
          half == 0 ? above : Math.abs(Math.abs(value) - Widening.half((short) (half - 1)));
      assertTrue(error <= above && error <= below, () -> "not nearest: " + value);
    }
  }
}

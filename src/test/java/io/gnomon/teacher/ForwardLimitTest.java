package io.gnomon.teacher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardLimitTest {
  @ParameterizedTest
  @CsvSource({
    // 13 inputs of 7 positions are 91
    "0, 91, 13",
    "0, 90, 8",
    "0, 56, 8",
    "0, 55, 4",
    "0, 13, 1",
    "0, 3, 1",
    "0, 0, 1",
    // rows asked for are no power of two
    "5, 9223372036854775807, 5",
    "17, 9223372036854775807, 13",
    "5, 34, 4",
  })
  void rowsAreWithinBothLimits(int rows, long positions, int expected) {
    assertEquals(expected, new ForwardLimit(rows, positions).rows(13, 7));
  }

  @ParameterizedTest
  @CsvSource({
    "false, 1000000, 8192",
    "true, 9223372036854775807, 8192",
    "true, 100, 8192",
    "true, 0, 8192",
    "true, 40000, 16384",
    "true, 1000000, 65536",
  })
  void textBatchesGrowWithACardsRoom(boolean card, long positions, int expected) {
    assertEquals(expected, new ForwardLimit(0, positions).textTokens(card));
  }

  @Test
  void noLimitTakesAnyBatch() {
    assertEquals(1_000_003, ForwardLimit.NONE.rows(1_000_003, 4099));
    assertEquals(ForwardLimit.TEXT_TOKENS, ForwardLimit.NONE.textTokens(true));
  }
}

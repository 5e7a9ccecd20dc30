package io.gnomon.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AskedCountTest {
  @Test
  void goesOnFromWhatWasSaved() {
    AskedCount count = new AskedCount();
    assertEquals(OptionalLong.of(0), count.batches());
    count.resume(OptionalLong.of(7));
    assertEquals(OptionalLong.of(7), count.batches());
  }

  @Test
  void ofAStateThatDoesNotSayNothingIsKnown() {
    AskedCount count = new AskedCount();
    count.resume(OptionalLong.empty());
    assertEquals(OptionalLong.empty(), count.batches());
  }
}

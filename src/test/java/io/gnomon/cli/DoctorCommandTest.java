package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DoctorCommandTest {
  private final CapturedConsole captured = new CapturedConsole();

  @Test
  void saysWhatIsLoaded() {
    assertEquals(ExitCode.OK, captured.run("doctor"), captured::err);
    assertTrue(captured.out().contains("libtorch         2.7.1"), captured.out());
    assertTrue(captured.out().contains("device: auto"), captured.out());
  }

  @Test
  void jsonHoldsFactsAndFindings() {
    assertEquals(ExitCode.OK, captured.run("doctor", "--json"), captured::err);
    JsonNode answer = JsonMapper.builder().build().readTree(captured.out());
    JsonNode libtorch = answer.at("/facts/libtorch");
    assertEquals("2.7.1", libtorch.get("version").asString());
    assertTrue(libtorch.get("intra_op_threads").asInt() > 0);
    assertFalse(answer.at("/diagnosis/precision/cpu/why").asString().isEmpty());
    assertTrue(answer.at("/facts/statistics/threads").asInt() > 0);
  }
}

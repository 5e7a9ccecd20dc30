package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.geometry.Spread;
import io.gnomon.provenance.Platform;
import io.gnomon.provenance.Provenance;
import io.gnomon.speed.SpeedReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SpeedCommandTest {
  private final CapturedConsole captured = new CapturedConsole();

  @TempDir Path folder;

  @Test
  void aConfigurationIsMeasuredWhole() throws IOException {
    Workbench bench = new Workbench(folder);
    Path json = folder.resolve("speed.json");
    assertEquals(
        ExitCode.OK,
        captured.run(
            "speed",
            bench.path("x.yaml").toString(),
            "--prefix=3",
            "--length=5",
            "--batch=2",
            "--rounds=1",
            "--grow",
            "--json=" + json),
        captured::err);
    assertTrue(captured.out().contains("+ verbalizer rows"), captured.out());
    JsonNode report = JsonMapper.builder().build().readTree(Files.readString(json));
    assertEquals(
        List.of("provenance", "setting", "ceiling", "teacher", "student", "sampler", "growth"),
        new ArrayList<>(report.propertyNames()));
    JsonNode provenance = report.get("provenance");
    assertEquals(
        "commit dirty gnomon djl libtorch cuda jdk os processor cores device threads",
        String.join(" ", provenance.propertyNames()));
    assertEquals("2.7.1", provenance.get("libtorch").asString());
    assertEquals(
        Runtime.getRuntime().availableProcessors(), provenance.get("cores").asInt(), "cores");
    assertTrue(provenance.get("threads").asInt() > 0, provenance::toString);
    assertEquals(6, report.get("teacher").size());
    assertEquals("plain forward", report.at("/teacher/0/name").asString());
    assertEquals(1, report.at("/teacher/0/ratio").asDouble());
    for (JsonNode rung : report.get("teacher")) {
      assertTrue(rung.at("/samples_per_second/median").asDouble() > 0, rung::toString);
      assertTrue(rung.get("ceiling_share").asDouble() > 0, rung::toString);
      double allowed = rung.get("precision").asString().equals("fp32") ? 1e-5 : 2e-2;
      assertTrue(rung.get("largest_difference").asDouble() <= allowed, rung::toString);
    }
    assertEquals(14, report.at("/student/0/hidden").asInt());
    assertEquals("uniform", report.at("/sampler/kind").asString());
    assertTrue(report.get("growth").size() > 15, () -> "points: " + report.get("growth").size());
  }

  @ParameterizedTest
  @CsvSource({
    "--batch=0, '--batch: expected 1 or more, found 0; give --batch 1'",
    "--prefix=-1, '--prefix: expected 0 or more, found -1; give --prefix 1'",
    "--teacher=shape:llama-9, 'expected one of pocket, stories15m, tinyllama-1.1b, llama-2-7b'",
    "--teacher=nowhere, 'nowhere: expected a Hugging Face folder'",
    "--length=600, 'at most the teacher''s 512 positions together, found 632'"
  })
  void aBadArgumentIsNamed(String argument, String message) {
    assertEquals(ExitCode.BAD_INPUT, captured.run("speed", "--device=cpu", argument));
    assertTrue(captured.err().contains(message), captured.err());
  }

  @Test
  void aTableForPeople() {
    Spread one = new Spread(123.4, 99.94, 151);
    Spread small = new Spread(0.012, 0.0105, 0.0222);
    SpeedReport report =
        new SpeedReport(
            new Provenance(
                "c0ffee",
                true,
                "0.1",
                "0.35.1",
                new Platform("2.7.1", null, "17", "Linux amd64", "a CPU", 3, "cpu", 2)),
            new SpeedReport.Setting("shape:pocket", 1_400_000, 128, 2, 32, 64, 16, 5),
            List.of(
                new SpeedReport.Ceiling(
                    "bf16", one, List.of(new SpeedReport.Product("down", 7, 11, 13, one)))),
            List.of(
                new SpeedReport.Rung("+ bf16", "bf16", small, one, 2, one, 6.254, 0.8049, 3e-3)),
            List.of(
                new SpeedReport.Step("bf16", 768, 6, small, small, small, small, one, one, 2.5)),
            new SpeedReport.Sampling("bursty", small, one),
            List.of());
    String text = String.join("\n", SpeedText.lines(report));
    assertTrue(text.contains("shape:pocket: 1.4 million weights, width 128, 2 layers"), text);
    assertTrue(text.contains("cpu, 3 processors, 2 threads, libtorch 2.7.1, Java 17"), text);
    assertTrue(text.contains("  bf16  down 7×11×13                123  [99.9, 151]"), text);
    assertTrue(
        text.contains("  + bf16        123  [99.9, 151]      123  6.25×         80%     3.0e-03"),
        text);
    assertTrue(text.contains("bf16, 6 layers of 768     12.0      12.0       12.0  12.0"), text);
    assertFalse(text.contains("growth"), text);
  }
}

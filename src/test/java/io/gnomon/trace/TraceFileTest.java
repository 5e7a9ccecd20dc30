package io.gnomon.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TraceFileTest {
  @TempDir Path folder;
  private Path path;
  private TraceFile file;

  @BeforeEach
  void create() {
    path = folder.resolve("trace.jsonl");
    file = new TraceFile(path);
  }

  @Test
  void aRowReadsAsDocumented() throws IOException {
    file.append(
        TraceRow.at(1000)
            .put(Measure.ALPHA, 0.1)
            .put(Measure.ALPHA_C, OptionalDouble.empty())
            .put(Measure.LOSS, 0.3)
            .putLossPart("divergence", 0.2)
            .putLossPart("mass", 0.1)
            .build());
    assertEquals(
        "{\"step\":1000,\"loss\":0.3,\"loss_parts\":{\"divergence\":0.2,\"mass\":0.1},"
            + "\"alpha\":0.1}\n",
        Files.readString(path));
  }

  @Test
  void theRowsBeforeASavedStateMustBeThere() {
    file.append(TraceRow.at(0).build());
    file.append(TraceRow.at(7).build());
    file.require(7);
    assertEquals(
        path
            + ": expected the rows up to step 14, which the saved state is behind, found fewer;"
            + " restore the file, or delete the state and resume from the start",
        assertThrows(InputException.class, () -> file.require(14)).getMessage());
    TraceFile none = new TraceFile(folder.resolve("none.jsonl"));
    assertThrows(InputException.class, () -> none.require(0));
  }

  /** The system's own ENOSPC, by way of the device that is always full. */
  @Test
  void aFullDiskIsNamed() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "skipped: this system has no /dev/full");
    Files.createSymbolicLink(path, full);
    assertEquals(
        path
            + ": cannot append the row of step 7 (No space left on device); free space or make it"
            + " writable, then resume",
        assertThrows(InputException.class, () -> file.append(TraceRow.at(7).build())).getMessage());
  }

  @Test
  void keysAreThoseOfTheDesign() {
    assertEquals(
        List.of(
            "loss",
            "c",
            "c_star",
            "norm_g",
            "norm_h",
            "alpha",
            "alpha_c",
            "alpha_floor",
            "g_spread",
            "agreement_noise",
            "agreement_noise_floor",
            "alpha_text",
            "alpha_text_floor",
            "agreement_text",
            "agreement_text_floor",
            "accuracy_text",
            "gradient_norm",
            "learning_rate",
            "samples_per_second"),
        List.of(Measure.values()).stream().map(Measure::key).toList());
  }

  @Test
  void doublesComeBackToTheLastDigit() {
    SplittableRandom random = new SplittableRandom(1);
    for (int step = 0; step < 200; step++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (!Double.isFinite(value)) {
        value = Double.MIN_VALUE;
      }
      file.append(TraceRow.at(step).put(Measure.C, value).putLossPart("x", -value).build());
      TraceRow back = file.read().get(step);
      assertEquals(value, back.get(Measure.C).orElseThrow());
      assertEquals(-value, back.lossParts().get("x"));
    }
  }

  @Test
  void aHalfWrittenLastLineIsSkippedAndCutOnResume() throws IOException {
    append(0, 10, 20);
    long whole = Files.size(path);
    Files.writeString(path, "{\"step\":30,\"al", StandardOpenOption.APPEND);
    assertEquals(3, file.read().size());
    file.truncateAfter(20);
    assertEquals(whole, Files.size(path));
    append(30);
    assertEquals(List.of(0L, 10L, 20L, 30L), steps());
  }

  @Test
  void truncateAfterKeepsTheStepItself() {
    append(0, 10, 20, 30);
    file.truncateAfter(10);
    assertEquals(List.of(0L, 10L), steps());
    file.truncateAfter(15);
    assertEquals(List.of(0L, 10L), steps());
    new TraceFile(folder.resolve("none.jsonl")).truncateAfter(10);
    assertFalse(Files.exists(folder.resolve("none.jsonl")));
  }

  @Test
  void rowsAreTheSameExceptForSpeed() {
    TraceRow slow = TraceRow.at(1).put(Measure.C, 1).put(Measure.SAMPLES_PER_SECOND, 2).build();
    TraceRow fast = TraceRow.at(1).put(Measure.C, 1).put(Measure.SAMPLES_PER_SECOND, 9).build();
    TraceRow other = TraceRow.at(1).put(Measure.C, Math.nextUp(1.0)).build();
    assertTrue(slow.sameExceptSpeed(fast));
    assertFalse(slow.equals(fast));
    assertFalse(slow.sameExceptSpeed(other));
  }

  @Test
  void whatWasNotMeasuredIsAbsentAndNeverNaN() {
    String message =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class,
                    () -> TraceRow.at(7).put(Measure.ALPHA, Double.NaN).build())
                .getMessage());
    assertEquals("step 7: alpha is NaN; leave out what was not measured", message);
    assertThrows(
        IllegalArgumentException.class,
        () -> TraceRow.at(7).putLossPart("mass", Double.POSITIVE_INFINITY).build());
  }

  @Test
  void readingIsStrict() throws IOException {
    refuses("{\"step\":1}\n{\"step\":1}\n", ":2: expected a step after 1, found 1");
    refuses("{\"step\":1,\"aplha\":2}\n", ":1: not a row of a trace: unknown key 'aplha'");
    refuses("{\"step\":1,\"c\":\"2\"}\n", "c: expected a number, found \"2\"");
    refuses("{\"step\":1,\"c\":1,\"c\":1}\n", "uplicate");
    refuses("{\"step\":1.5}\n", "whole number 'step'");
    refuses("\n", "not a row");
    refuses("{\"step\":1} {\"step\":2}\n", "not a row");
    String missing =
        String.valueOf(
            assertThrows(InputException.class, () -> new TraceFile(folder.resolve("no")).read())
                .getMessage());
    assertTrue(missing.contains("no such trace; give the folder of a run"), missing);
  }

  private void refuses(String text, String expected) throws IOException {
    Files.writeString(path, text);
    String message = String.valueOf(assertThrows(InputException.class, file::read).getMessage());
    assertTrue(message.contains(expected), message);
    assertTrue(message.startsWith(path.toString()), message);
    assertFalse(message.contains("\n"), message);
  }

  private void append(long... steps) {
    for (long step : steps) {
      file.append(TraceRow.at(step).put(Measure.ALPHA, 1.0 / (step + 1)).build());
    }
  }

  private List<Long> steps() {
    return file.read().stream().map(TraceRow::step).toList();
  }
}

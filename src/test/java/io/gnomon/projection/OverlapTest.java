package io.gnomon.projection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.Messages;
import io.gnomon.TinyTeacher;
import io.gnomon.answer.Answers;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.InputException;
import io.gnomon.geometry.StatisticsBackend;
import io.gnomon.projection.TinyProjection.Listener;
import io.gnomon.tensor.Devices;
import io.gnomon.trace.TraceRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a card allows, on a CPU: the next batch drawn during a step, and a host that looks seldom.
 * Neither moves a digit.
 */
@Timeout(120)
class OverlapTest {
  private static final String STATE = "state.safetensors";
  private static final int SELDOM = 50;

  @TempDir Path folder;
  private Path teacher;

  @BeforeEach
  void writeTeacher() throws IOException {
    StatisticsBackend.load(); // or it would set the threads later, and with them roundings
    Devices.threads(1); // arrays so small gain nothing from a second
    teacher = TinyTeacher.write(Files.createDirectories(folder.resolve("teacher")));
  }

  @Test
  void theTraceIsTheSameToTheLastDigit() throws IOException {
    ExperimentConfig config = TinyProjection.config(20, 0.01, 6);
    List<TraceRow> plain = run("plain", config, 1);
    same(plain, run("overlapping", TinyProjection.overlapping(config), 1));
    same(plain, run("seldom", config, SELDOM));
    assertArrayEquals(state("plain"), state("overlapping"));
    assertArrayEquals(state("plain"), state("seldom"));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 7, 10, 19})
  void aResumedRunRepeatsAnUnbrokenOne(long stop) throws IOException {
    ExperimentConfig config = TinyProjection.config(20, 0.01, 6);
    List<TraceRow> unbroken = run("unbroken", config, 1);
    ExperimentConfig overlapping = TinyProjection.overlapping(config);
    try (TinyProjection first = open("broken", overlapping)) {
      assertEquals(new Projection.Outcome(stop, false), first.run(new Listener(stop), SELDOM));
    }
    same(unbroken, run("broken", overlapping, SELDOM));
    assertArrayEquals(state("unbroken"), state("broken"));
  }

  @Test
  void everyBatchIsAskedOnceAndNoneBeyondTheLast() throws IOException {
    AtomicLong asked = new AtomicLong();
    try (TinyProjection projection =
        open("run", TinyProjection.overlapping(TinyProjection.config(9, 0.01, 4)))) {
      Answers teacher = projection.training;
      projection.training =
          (index, x) -> {
            assertEquals(asked.getAndIncrement(), index);
            return teacher.probabilities(index, x);
          };
      assertTrue(projection.run(new Listener(-1)).finished());
    }
    assertEquals(9, asked.get());
  }

  @Test
  void aTeacherThatFailsStopsTheRunAtItsOwnBatch() throws IOException {
    ExperimentConfig config = TinyProjection.config(20, 0.01, 4);
    Listener listener = new Listener(-1);
    try (TinyProjection projection = open("run", TinyProjection.overlapping(config))) {
      Answers teacher = projection.training;
      projection.training =
          (index, x) -> {
            if (index == 6) {
              throw new InputException("teacher: gone");
            }
            return teacher.probabilities(index, x);
          };
      assertEquals(
          "teacher: gone", Messages.of(InputException.class, () -> projection.run(listener)));
      assertEquals(List.of(0L, 4L), projection.trace.read().stream().map(TraceRow::step).toList());
    }
    assertEquals(6, listener.made);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBadStepSeenLateIsToldAsIfSeenAtOnce(boolean overlaps) throws IOException {
    ExperimentConfig plain = TinyProjection.config(50, 1e30, 100);
    Listener atOnce = new Listener(-1);
    String expected = diverged("once", plain, atOnce, 1);
    ExperimentConfig config = overlaps ? TinyProjection.overlapping(plain) : plain;
    Listener late = new Listener(-1);
    String found = diverged("late", config, late, SELDOM);
    assertTrue(late.made > atOnce.made, "looked at once");
    assertEquals(expected, found);
    assertTrue(found.startsWith("step " + (atOnce.made + 1) + ", batch " + atOnce.made), found);
    assertArrayEquals(state("once"), state("late"));
  }

  private String diverged(String name, ExperimentConfig config, Listener listener, int lookEvery)
      throws IOException {
    try (TinyProjection projection = open(name, config)) {
      return Messages.of(DivergenceException.class, () -> projection.run(listener, lookEvery))
          .replace(name, "run");
    }
  }

  @Test
  void nothingStaysBehindHoweverManyStepsWereMade() throws IOException {
    int few = left(10);
    assertTrue(few > 30, "counts nothing");
    assertEquals(few, left(60));
  }

  private int left(int steps) throws IOException {
    ExperimentConfig config = TinyProjection.config(steps, 0.01, 9);
    try (TinyProjection projection = open("left" + steps, TinyProjection.overlapping(config))) {
      assertTrue(projection.run(new Listener(-1)).finished());
      return projection.liveArrays();
    }
  }

  private TinyProjection open(String name, ExperimentConfig config) throws IOException {
    Path run = Files.createDirectories(folder.resolve(name));
    return new TinyProjection(teacher, run, config, "f");
  }

  private List<TraceRow> run(String name, ExperimentConfig config, int lookEvery)
      throws IOException {
    try (TinyProjection projection = open(name, config)) {
      assertTrue(projection.run(new Listener(-1), lookEvery).finished());
      return projection.trace.read();
    }
  }

  private byte[] state(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name).resolve(STATE));
  }

  private static void same(List<TraceRow> expected, List<TraceRow> found) {
    assertFalse(expected.isEmpty());
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < expected.size(); i++) {
      assertTrue(expected.get(i).sameExceptSpeed(found.get(i)), "row " + i);
    }
  }
}

package io.gnomon.projection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.TinyTeacher;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.projection.TinyProjection.Listener;
import io.gnomon.trace.Measure;
import io.gnomon.trace.TraceRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Algorithm 1 with a student that pools. */
class StaticProjectionTest {
  @TempDir Path folder;
  private Path teacher;

  @BeforeEach
  void writeTeacher() throws IOException {
    teacher = TinyTeacher.write(Files.createDirectories(folder.resolve("teacher")));
  }

  @Test
  void theAngleFallsBelowWhatAConstantReaches() throws IOException {
    List<TraceRow> rows = run("run", config(400));
    TraceRow last = rows.get(rows.size() - 1);
    assertTrue(value(last, Measure.ALPHA) < value(rows.get(0), Measure.ALPHA), last::toString);
    assertTrue(
        value(last, Measure.ALPHA) < value(last, Measure.ALPHA_FLOOR) - 0.01, last::toString);
  }

  @Test
  void aResumedRunRepeatsAnUnbrokenOne() throws IOException {
    List<TraceRow> unbroken = run("unbroken", config(20));
    Path run = Files.createDirectories(folder.resolve("broken"));
    try (TinyProjection first = new TinyProjection(teacher, run, config(20), "f")) {
      assertEquals(new Projection.Outcome(10, false), first.run(new Listener(10)));
    }
    List<TraceRow> resumed = run("broken", config(20));
    assertEquals(unbroken.size(), resumed.size());
    for (int i = 0; i < unbroken.size(); i++) {
      assertTrue(unbroken.get(i).sameExceptSpeed(resumed.get(i)), "row " + i);
    }
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("unbroken/state.safetensors")),
        Files.readAllBytes(run.resolve("state.safetensors")));
  }

  private static ExperimentConfig config(int steps) {
    return TinyProjection.pooling(TinyProjection.config(steps, 0.01, steps > 100 ? 100 : 6));
  }

  private List<TraceRow> run(String name, ExperimentConfig config) throws IOException {
    Path run = Files.createDirectories(folder.resolve(name));
    try (TinyProjection projection = new TinyProjection(teacher, run, config, "f")) {
      assertTrue(projection.run(new Listener(-1)).finished());
      return projection.trace.read();
    }
  }

  private static double value(TraceRow row, Measure measure) {
    return row.get(measure).orElseThrow();
  }
}

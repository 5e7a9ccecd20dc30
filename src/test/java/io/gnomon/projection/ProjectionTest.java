package io.gnomon.projection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import io.gnomon.Messages;
import io.gnomon.TinyTeacher;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.InputException;
import io.gnomon.projection.TinyProjection.Listener;
import io.gnomon.trace.Measure;
import io.gnomon.trace.TraceRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Algorithm 1 on a tiny teacher and a tiny student. */
class ProjectionTest {
  private static final double RATE = 0.01;

  @TempDir Path folder;
  private Path teacher;

  @BeforeEach
  void writeTeacher() throws IOException {
    teacher = TinyTeacher.write(Files.createDirectories(folder.resolve("teacher")));
  }

  @Test
  void theAngleFallsBelowWhatAConstantReaches() {
    List<TraceRow> rows = run("run", TinyProjection.config(400, 0.003, 100));
    TraceRow first = rows.get(0);
    TraceRow last = rows.get(rows.size() - 1);
    assertTrue(value(last, Measure.LOSS) < value(rows.get(1), Measure.LOSS));
    assertTrue(
        value(last, Measure.ALPHA) < value(last, Measure.ALPHA_FLOOR) - 0.01, last::toString);
    assertTrue(value(last, Measure.ALPHA) < value(first, Measure.ALPHA));
    assertEquals(0.5, value(first, Measure.C));
    // the minimum of the generalized divergence on the simplex is c = 1
    assertTrue(value(last, Measure.C) > 0.8, last::toString);
  }

  @Test
  void withTheClosedFormTheTwoAnglesAreOne() {
    List<TraceRow> rows =
        run("closed", TinyProjection.closedForm(TinyProjection.config(400, 0.003, 100)));
    TraceRow last = rows.get(rows.size() - 1);
    assertTrue(
        value(last, Measure.ALPHA) < value(last, Measure.ALPHA_FLOOR) - 0.01, last::toString);
    for (TraceRow row : rows) {
      assertEquals(value(row, Measure.C_STAR), value(row, Measure.C), row::toString);
      // Eq. 16 with the c of Eq. 7 is Eq. 15
      assertEquals(value(row, Measure.ALPHA), value(row, Measure.ALPHA_C), 1e-6, row::toString);
    }
  }

  @Test
  void labelsAreProjectedJointly() {
    List<TraceRow> rows =
        run("labels", TinyProjection.labels(TinyProjection.config(900, 0.003, 450)));
    TraceRow last = rows.get(rows.size() - 1);
    assertTrue(
        value(last, Measure.ALPHA) < value(last, Measure.ALPHA_FLOOR) - 0.01, last::toString);
    assertTrue(value(last, Measure.C) > 0.8, last::toString);
    // a mean over labels of functions of two classes, each of which sums to one
    double norm = value(last, Measure.NORM_G);
    assertTrue(norm >= Math.sqrt(0.5) && norm <= 1, last::toString);
    assertTrue(
        value(last, Measure.AGREEMENT_NOISE) > value(last, Measure.AGREEMENT_NOISE_FLOOR),
        last::toString);
  }

  @Test
  void mixedPrecisionEndsAtTheSameAngle() {
    ExperimentConfig wide = TinyProjection.config(400, 0.003, 400);
    List<TraceRow> plain = run("fp32", wide);
    List<TraceRow> mixed = run("bf16", TinyProjection.mixed(wide));
    double expected = value(plain.get(1), Measure.ALPHA);
    double found = value(mixed.get(1), Measure.ALPHA);
    assertTrue(expected != found, "computed in float32");
    // Two roundings of one course: further apart than a tenth of the angle, something is wrong.
    assertEquals(expected, found, 0.1 * expected);
    assertTrue(found < value(mixed.get(1), Measure.ALPHA_FLOOR) - 0.01);
  }

  @Test
  void rowsStandAtTheFirstEveryNthAndTheLastStep() {
    List<TraceRow> rows = run("run", TinyProjection.config(11, RATE, 4));
    assertEquals(List.of(0L, 4L, 8L, 11L), rows.stream().map(TraceRow::step).toList());
    Set<Measure> always =
        EnumSet.of(
            Measure.ALPHA,
            Measure.ALPHA_FLOOR,
            Measure.C,
            Measure.C_STAR,
            Measure.NORM_G,
            Measure.NORM_H,
            Measure.G_SPREAD,
            Measure.AGREEMENT_NOISE);
    Set<Measure> trained =
        EnumSet.of(
            Measure.LOSS, Measure.GRADIENT_NORM, Measure.LEARNING_RATE, Measure.SAMPLES_PER_SECOND);
    for (TraceRow row : rows) {
      assertTrue(row.values().keySet().containsAll(always), row::toString);
      assertEquals(row.step() > 0, row.values().keySet().containsAll(trained), row::toString);
      assertEquals(row.step() > 0, !row.lossParts().isEmpty(), row::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 5, 7, 10, 19})
  void aResumedRunRepeatsAnUnbrokenOne(long stop) throws IOException {
    ExperimentConfig config = TinyProjection.config(20, RATE, 6);
    List<TraceRow> unbroken = run("unbroken", config);
    Path run = Files.createDirectories(folder.resolve("broken"));
    try (TinyProjection first = new TinyProjection(teacher, run, config, "f")) {
      assertEquals(new Projection.Outcome(stop, false), first.run(new Listener(stop)));
    }
    List<TraceRow> resumed = run("broken", config);
    assertEquals(unbroken.size(), resumed.size());
    for (int i = 0; i < unbroken.size(); i++) {
      assertTrue(unbroken.get(i).sameExceptSpeed(resumed.get(i)), "row " + i);
    }
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("unbroken/state.safetensors")),
        Files.readAllBytes(run.resolve("state.safetensors")));
  }

  @Test
  void aKilledRunGoesBackToItsLastState() {
    ExperimentConfig config = TinyProjection.config(20, RATE, 6);
    List<TraceRow> unbroken = run("unbroken", config);
    Listener killed =
        new Listener(-1) {
          @Override
          public void stepped(long step) {
            if (step == 17) {
              throw new IllegalStateException("killed");
            }
          }
        };
    assertEquals(
        "killed", Messages.of(IllegalStateException.class, () -> run("killed", config, killed)));
    List<TraceRow> resumed = run("killed", config);
    for (int i = 0; i < unbroken.size(); i++) {
      assertTrue(unbroken.get(i).sameExceptSpeed(resumed.get(i)), "row " + i);
    }
  }

  @Test
  void aStateOfAnotherConfigurationIsRefused() {
    ExperimentConfig config = TinyProjection.config(3, RATE, 6);
    run("run", config);
    try (TinyProjection other =
        new TinyProjection(teacher, folder.resolve("run"), config, "another")) {
      String message = Messages.of(InputException.class, () -> other.run(new Listener(-1)));
      assertTrue(message.contains("found one of another"), message);
    }
  }

  @Test
  void aLossThatIsNotFiniteStopsTheRunAndSavesTheState() {
    ExperimentConfig config = TinyProjection.config(50, 1e30, 100);
    String message =
        Messages.of(DivergenceException.class, () -> run("run", config, new Listener(-1)));
    assertTrue(message.matches("step (\\d+), batch \\d+: expected finite numbers.*"), message);
    assertTrue(message.contains(folder.resolve("run/state.safetensors").toString()), message);
    assertTrue(Files.exists(folder.resolve("run/state.safetensors")));
  }

  @Test
  void answersThatAreNotFiniteStopTheRunAtTheTrace() {
    ExperimentConfig config = TinyProjection.config(50, 1e30, 1);
    String message =
        Messages.of(DivergenceException.class, () -> run("run", config, new Listener(-1)));
    assertTrue(message.contains("the state behind"), message);
    assertTrue(Files.exists(folder.resolve("run/state.safetensors")));
  }

  @Test
  void theTeacherStaysToTheLastBit() {
    try (TinyProjection projection =
        new TinyProjection(
            teacher, makeFolder("frozen"), TinyProjection.config(20, RATE, 10), "f")) {
      Map<String, NDArray> weights =
          new LinkedHashMap<>(projection.model.parameters().arrays().arrays());
      weights.put("embeddings", projection.model.embeddings().weight());
      assertEquals(2 * 6 + 2, weights.size());
      Map<String, Integer> before = hashes(weights);
      Map<String, Integer> student = hashes(projection.student.parameters().arrays());
      projection.run(new Listener(-1));
      assertEquals(before, hashes(weights));
      assertFalse(student.equals(hashes(projection.student.parameters().arrays())));
      weights.forEach((name, array) -> assertFalse(array.hasGradient(), name));
    }
  }

  private static Map<String, Integer> hashes(Map<String, NDArray> arrays) {
    Map<String, Integer> hashes = new LinkedHashMap<>();
    arrays.forEach((name, array) -> hashes.put(name, Arrays.hashCode(array.toFloatArray())));
    return hashes;
  }

  @Test
  void noArrayOutlivesItsStep() {
    ExperimentConfig config = TinyProjection.config(100, RATE, 9);
    try (TinyProjection projection = new TinyProjection(teacher, makeFolder("run"), config, "f")) {
      int[] live = new int[2];
      projection.run(
          new Listener(-1) {
            @Override
            public void stepped(long step) {
              if (step == 10) {
                live[0] = projection.liveArrays();
              } else if (step == 100) {
                live[1] = projection.liveArrays();
              }
            }
          });
      assertTrue(live[0] > 50, "counts nothing");
      assertEquals(live[0], live[1]);
    }
  }

  private List<TraceRow> run(String name, ExperimentConfig config) {
    return run(name, config, new Listener(-1));
  }

  private List<TraceRow> run(String name, ExperimentConfig config, Listener listener) {
    try (TinyProjection projection = new TinyProjection(teacher, makeFolder(name), config, "f")) {
      assertTrue(projection.run(listener).finished());
      return projection.trace.read();
    }
  }

  private Path makeFolder(String name) {
    try {
      return Files.createDirectories(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double value(TraceRow row, Measure measure) {
    return row.get(measure).orElseThrow();
  }
}

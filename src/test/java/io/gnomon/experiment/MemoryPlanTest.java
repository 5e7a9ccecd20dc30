package io.gnomon.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.Messages;
import io.gnomon.config.ConfigLoader;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
  private static final Path QUICKSTART =
      Path.of(System.getProperty("gnomon.home", "."), "configs/quickstart.yaml");

  private static ExperimentConfig config(String... sets) {
    return ConfigLoader.experiment(QUICKSTART, List.of(sets)).config();
  }

  @Test
  void itemsAreCountedFromTheShapes() {
    Map<String, Long> bytes =
        MemoryPlan.of(config()).items().stream()
            .collect(Collectors.toMap(MemoryPlan.Item::name, MemoryPlan.Item::bytes));
    // pocket: 2 layers of 4·128² + 3·128·344 + 2·128 numbers, and the last norm
    long layers = 2 * (4 * 128 * 128 + 3 * 128 * 344 + 2 * 128) + 128;
    assertEquals(4 * layers, bytes.get("teacher's layers"));
    assertEquals(4L * 8192 * 128, bytes.get("teacher's embedding table"));
    // 64 × 41 positions × 2 layers × (12 · 128 + 3 · 512) floats
    assertEquals(64L * 41 * 2 * (12 * 128 + 3 * 512) * 4, bytes.get("student's activations"));
  }

  @Test
  void aPoolingStudentIsCountedByItsFeatures() {
    String pooling = "student={kind: static, features: 31, hidden: 7}";
    long numbers = 31 * (128 + 1) + 7 * (2 * 31 + 1) + 2 * (7 + 1);
    assertEquals(4 * numbers * 4, bytes("student", pooling));
    assertEquals(64L * 41 * (128 + 8 * 31) * 4, bytes("student's activations", pooling, LENGTH));
  }

  @Test
  void theLabelsShareTheInputsKeysAndValues() {
    MemoryPlan.Item forward =
        MemoryPlan.of(config("task=tasks/goemotions-all")).items().stream()
            .filter(item -> item.name().equals("teacher's forward"))
            .findAny()
            .orElseThrow();
    // a layer's work: 3 · 128 + 8 · 128 + 4 · 344 floats; a key and a value in two layers
    long perPosition = 4 * (3 * 128 + 8 * 128 + 4 * 344 + 2 * 2 * 128);
    assertEquals(0, forward.bytes() % (64 * perPosition));
    long positions = forward.bytes() / (64 * perPosition);
    assertTrue(positions > 40 && positions < 80, () -> positions + " positions");
    assertTrue(forward.how().contains("keys and values"), forward::how);
  }

  @Test
  void whatASamplerAsksIsCounted() {
    long batch = bytes("teacher's forward", LENGTH);
    // pocket has two layers, and a gradient keeps the work of both
    assertEquals(2 * batch, bytes("sampler's gradients", "sampler={kind: sharpened}", LENGTH));
    String nested = "sampler={kind: blend, parts: [{sampler: {kind: sharpened}}]}";
    assertEquals(2 * batch, bytes("sampler's gradients", nested, LENGTH));
    assertTrue(
        MemoryPlan.of(config("sampler={kind: balanced}")).items().stream()
            .noneMatch(item -> item.name().equals("sampler's gradients")));
  }

  private static final String LENGTH = "sampler.length.max=40"; // the quickstart's

  private static long bytes(String item, String... sets) {
    return MemoryPlan.of(config(sets)).items().stream()
        .filter(it -> it.name().equals(item))
        .mapToLong(MemoryPlan.Item::bytes)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theQuickstartFits() {
    MemoryPlan plan = MemoryPlan.of(config());
    assertTrue(plan.fits());
    plan.require();
    assertEquals(plan.items().stream().mapToLong(MemoryPlan.Item::bytes).sum(), plan.sum());
  }

  @Test
  void whatDoesNotFitIsRefusedWithItsSum() {
    MemoryPlan plan = MemoryPlan.of(config("training.batch_size=1000000"));
    assertFalse(plan.fits());
    String message = Messages.of(InputException.class, plan::require);
    assertTrue(message.startsWith("cpu: expected a run that fits "), message);
    assertTrue(message.contains("teacher's layers 0.001 GiB + "), message);
    assertTrue(message.contains("lower training.batch_size"), message);
    assertFalse(message.contains("\n"), message);
  }

  /** What is held beside the teacher's forward, and a row of it. */
  private static long[] parts(ExperimentConfig config) {
    MemoryPlan plan = MemoryPlan.of(config, Long.MAX_VALUE / 2);
    long forward =
        plan.items().stream()
            .filter(item -> item.name().equals("teacher's forward"))
            .mapToLong(MemoryPlan.Item::bytes)
            .sum();
    assertEquals(config.training().batchSize(), plan.teacherRows());
    return new long[] {plan.sum() - forward, forward / plan.teacherRows()};
  }

  @Test
  void theTeacherTakesTheRowsThatFitBesideTheRest() {
    ExperimentConfig config = config("training.batch_size=13", "runtime.device=cpu");
    long[] parts = parts(config);
    for (int[] fit : new int[][] {{13, 13}, {12, 8}, {8, 8}, {7, 4}, {3, 2}, {1, 1}}) {
      MemoryPlan plan = MemoryPlan.of(config, parts[0] + fit[0] * parts[1]);
      assertEquals(fit[1], plan.teacherRows(), "of " + fit[0] + " that fit");
      assertEquals(parts[0] + fit[1] * parts[1], plan.sum());
      assertTrue(plan.fits());
      assertTrue(
          plan.lines().stream().anyMatch(line -> line.contains(fit[1] + " of 13 rows at once")),
          plan.lines()::toString);
    }
  }

  @Test
  void lessThanARowIsRefused() {
    ExperimentConfig config = config("training.batch_size=13", "runtime.device=cpu");
    long[] parts = parts(config);
    MemoryPlan plan = MemoryPlan.of(config, parts[0] + parts[1] - 1);
    assertEquals(1, plan.teacherRows());
    assertFalse(plan.fits());
  }

  @Test
  void rowsThatAreAskedForAreTaken() {
    ExperimentConfig config =
        config("training.batch_size=13", "teacher.rows=5", "runtime.device=cpu");
    long[] parts = parts(config("training.batch_size=13", "runtime.device=cpu"));
    MemoryPlan plan = MemoryPlan.of(config, parts[0] + 3 * parts[1]);
    assertEquals(5, plan.teacherRows());
    assertEquals(parts[0] + 5 * parts[1], plan.sum());
    assertFalse(plan.fits());
    String message = Messages.of(InputException.class, plan::require);
    assertTrue(message.contains("teacher.rows"), message);
  }
}

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
  void whatASamplerAsksIsCounted() {
    long batch = bytes("teacher's batch");
    // pocket has two layers, and a gradient keeps the work of both
    assertEquals(2 * batch, bytes("sampler's questions", "sampler={kind: sharpened}", LENGTH));
    assertEquals(
        5 * batch, bytes("sampler's questions", "sampler={kind: balanced, candidates: 5}", LENGTH));
    String nested = "sampler={kind: blend, parts: [{sampler: {kind: sharpened}}]}";
    assertEquals(2 * batch, bytes("sampler's questions", nested, LENGTH));
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
}

package io.gnomon.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.gnomon.objective.Loss;
import io.gnomon.optimizer.StepGuard;
import io.gnomon.trace.Measure;
import io.gnomon.trace.TraceRow;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RowSumsTest {
  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final StepGuard guard = new StepGuard(manager);

  @AfterEach
  void close() {
    manager.close();
  }

  /** A step whose loss is a + b. */
  private void add(RowSums sums, float a, float b, float norm) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Map<String, NDArray> parts = new LinkedHashMap<>();
      parts.put("mass", manager.create(a));
      parts.put("divergence", manager.create(b));
      NDArray total = manager.create(a + b);
      NDArray length = manager.create(norm);
      guard.watch(total, length);
      sums.add(new Loss(total, parts), length, guard);
    }
  }

  private static TraceRow drained(RowSums sums) {
    TraceRow.Builder row = TraceRow.at(5);
    sums.drain(row);
    return row.build();
  }

  @Test
  void meansAreTakenInFloat64AndTheNormIsTheNewest() {
    RowSums sums = new RowSums(manager);
    add(sums, 0.1f, 0.7f, 3);
    add(sums, 0.2f, 0.4f, 2);
    add(sums, 0.3f, 0.9f, 0.7f);
    TraceRow row = drained(sums);
    double loss = (double) (0.1f + 0.7f) + (0.2f + 0.4f) + (double) (0.3f + 0.9f);
    assertEquals(loss / 3, row.get(Measure.LOSS).orElseThrow());
    assertEquals(0.7f, row.get(Measure.GRADIENT_NORM).orElseThrow());
    double mass = ((double) 0.1f + 0.2f + 0.3f) / 3;
    double divergence = ((double) 0.7f + 0.4f + 0.9f) / 3;
    assertEquals(Map.of("mass", mass, "divergence", divergence), row.lossParts());
    assertEquals("[mass, divergence]", row.lossParts().keySet().toString());
    assertTrue(drained(sums).values().isEmpty());
  }

  @Test
  void whatWasReadBackGoesOnWhateverTheOrderOfTheParts() {
    RowSums unbroken = new RowSums(manager);
    RowSums first = new RowSums(manager);
    RowSums resumed = new RowSums(manager);
    add(unbroken, 0.1f, 0.7f, 3);
    add(first, 0.1f, 0.7f, 3);
    Map<String, String> turned = new LinkedHashMap<>();
    turned.put("part.divergence", String.valueOf(first.write().get("part.divergence")));
    turned.putAll(first.write());
    resumed.read(turned);
    assertEquals(first.write(), resumed.write());
    add(unbroken, 0.2f, 0.4f, 2);
    add(resumed, 0.2f, 0.4f, 2);
    assertEquals(unbroken.write(), resumed.write());
    assertEquals(drained(unbroken), drained(resumed));
  }

  @Test
  void theSumsStayBeforeABadStep() {
    RowSums sums = new RowSums(manager);
    add(sums, 0.1f, 0.7f, 3);
    Map<String, String> before = sums.write();
    add(sums, Float.NaN, 0.4f, 2);
    add(sums, 0.2f, 0.4f, 2);
    assertEquals(before, sums.write());
    assertEquals("1", before.get("since_row_steps"));
    assertEquals(Double.toString(3), before.get("since_row_gradient_norm"));
  }
}

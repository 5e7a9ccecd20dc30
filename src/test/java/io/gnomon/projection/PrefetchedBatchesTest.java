package io.gnomon.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.gnomon.config.InputException;
import io.gnomon.projection.Batches.Batch;
import io.gnomon.tensor.Devices;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Batches whose arrays all hold their number. */
@Timeout(60)
class PrefetchedBatchesTest {
  private static final Shape INPUTS = new Shape(2, 3, 5);
  private static final Shape ANSWERS = new Shape(2, 7);

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final List<Long> drawn = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    manager.close();
  }

  /** Odd ones have a mask; each leaves an array behind that is not part of it. */
  private Batch numbered(NDManager owner, long index) {
    drawn.add(index);
    NDScope.unregister(owner.ones(new Shape(11)));
    NDArray mask = index % 2 == 0 ? null : owner.full(new Shape(2, 3), (float) index);
    return new Batch(owner.full(INPUTS, (float) index), mask, owner.full(ANSWERS, (float) index));
  }

  private static void check(long index, Batch batch) {
    assertEquals(INPUTS, batch.x().getShape());
    assertEquals(ANSWERS, batch.g().getShape());
    assertEquals((float) index, batch.x().mean().getFloat());
    assertEquals((float) index, batch.g().mean().getFloat());
    if (index % 2 == 0) {
      assertNull(batch.mask());
    } else {
      assertEquals((float) index, Objects.requireNonNull(batch.mask()).mean().getFloat());
    }
  }

  private void step(Batches batches, long index) {
    try (NDScope scope = new NDScope();
        NDManager local = manager.newSubManager()) {
      scope.suppressNotUsedWarning();
      Batch batch = batches.draw(local, index);
      batch.arrays().forEach(array -> assertSame(local, array.getManager()));
      check(index, batch);
    }
  }

  @Test
  void eachIsDrawnOnceInOrderAndNoneBeyondTheLast() {
    try (PrefetchedBatches ahead = new PrefetchedBatches(this::numbered, manager, 5)) {
      for (long index = 0; index < 5; index++) {
        step(ahead, index);
      }
    }
    assertEquals(List.of(0L, 1L, 2L, 3L, 4L), drawn);
    assertEquals(0, manager.getManagedArrays().size());
  }

  @Test
  void aResumedRunBeginsInTheMiddle() {
    try (PrefetchedBatches ahead = new PrefetchedBatches(this::numbered, manager, 9)) {
      step(ahead, 7);
      step(ahead, 8);
    }
    assertEquals(List.of(7L, 8L), drawn);
  }

  @Test
  void theNextIsDrawnWhileTheCallerIsBusy() throws InterruptedException {
    CountDownLatch second = new CountDownLatch(1);
    Batches batches =
        (owner, index) -> {
          if (index == 1) {
            second.countDown();
          }
          return numbered(owner, index);
        };
    try (PrefetchedBatches ahead = new PrefetchedBatches(batches, manager, 9)) {
      step(ahead, 0);
      assertTrue(second.await(30, TimeUnit.SECONDS));
    }
    assertEquals(List.of(0L, 1L), drawn);
    assertEquals(0, manager.getManagedArrays().size());
  }

  @Test
  void anEarlierOneMayBeDrawnAgain() {
    try (PrefetchedBatches ahead = new PrefetchedBatches(this::numbered, manager, 4)) {
      step(ahead, 0);
      step(ahead, 1);
      step(ahead, 0);
      step(ahead, 1);
      step(ahead, 3);
    }
    assertEquals(0, manager.getManagedArrays().size());
  }

  @Test
  void aFailureComesWithItsOwnBatchAndAsItIs() {
    InputException gone = new InputException("teacher: gone");
    AssertionError defect = new AssertionError("defect");
    Batches batches =
        (owner, index) -> {
          Batch batch = numbered(owner, index);
          if (index == 2) {
            throw gone;
          } else if (index == 3) {
            throw defect;
          }
          return batch;
        };
    try (PrefetchedBatches ahead = new PrefetchedBatches(batches, manager, 9)) {
      step(ahead, 0);
      step(ahead, 1);
      assertSame(gone, assertThrows(InputException.class, () -> step(ahead, 2)));
      assertSame(defect, assertThrows(AssertionError.class, () -> step(ahead, 3)));
      step(ahead, 4);
    }
    assertEquals(0, manager.getManagedArrays().size());
  }

  @Test
  void closingWaitsForTheOneUnderWay() throws InterruptedException {
    CountDownLatch gate = new CountDownLatch(1);
    PrefetchedBatches ahead =
        new PrefetchedBatches(
            (owner, index) -> {
              if (index == 1) {
                waitFor(gate);
              }
              return numbered(owner, index);
            },
            manager,
            9);
    step(ahead, 0);
    Thread closing = new Thread(ahead::close);
    closing.start();
    closing.join(100);
    assertTrue(closing.isAlive());
    gate.countDown();
    closing.join(30_000);
    assertFalse(closing.isAlive());
    assertEquals(List.of(0L, 1L), drawn);
    assertEquals(0, manager.getManagedArrays().size());
  }

  private static void waitFor(CountDownLatch gate) {
    try {
      assertTrue(gate.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException("the worker was interrupted", e);
    }
  }

  @Test
  void whatWasNeverDrawnClosesToo() {
    PrefetchedBatches ahead = new PrefetchedBatches(this::numbered, manager, 9);
    ahead.close();
    ahead.close();
    assertEquals(List.of(), drawn);
  }

  @Test
  void anInterruptedCallerHearsOfItAndTheWorkerDoesNot() {
    CountDownLatch gate = new CountDownLatch(1);
    Batches batches =
        (owner, index) -> {
          waitFor(gate);
          return numbered(owner, index);
        };
    try (PrefetchedBatches ahead = new PrefetchedBatches(batches, manager, 9)) {
      Thread.currentThread().interrupt();
      assertThrows(IllegalStateException.class, () -> ahead.draw(manager, 0));
      assertTrue(Thread.interrupted());
      gate.countDown();
    }
    assertEquals(List.of(0L), drawn);
  }

  @Test
  void theWorkerTakesAsManyThreadsAsTheCaller() {
    int before = Devices.threads();
    AtomicInteger found = new AtomicInteger();
    try {
      Devices.threads(3);
      Batches batches =
          (owner, index) -> {
            found.set(Devices.threads());
            return numbered(owner, index);
          };
      try (PrefetchedBatches ahead = new PrefetchedBatches(batches, manager, 1)) {
        step(ahead, 0);
      }
    } finally {
      Devices.threads(before);
    }
    assertEquals(3, found.get());
  }
}

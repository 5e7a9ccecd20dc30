package io.gnomon.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gnomon.Messages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MicroBatcherTest {
  /** Longer than any test: who waits for its end fails by the time limit. */
  private static final Duration FOR_EVER = Duration.ofHours(1);

  private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());
  private final List<Integer> watched = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  /** Squares; of 13 it fails; of 0 it waits until told to go on. */
  private List<Integer> squares(List<Integer> items) {
    batches.add(items);
    if (items.contains(0)) {
      started.countDown();
      await(go);
    }
    if (items.contains(13)) {
      throw new IllegalArgumentException("13 again");
    }
    return items.stream().map(i -> i * i).toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private MicroBatcher<Integer, Integer> start(Duration window, int batch, int queue) {
    return MicroBatcher.start(
        this::squares, (items, nanos) -> watched.add(items), window, batch, queue);
  }

  /** A batcher that is at work on the item 0, so that what follows waits. */
  private MicroBatcher<Integer, Integer> busy(int batch, int queue) {
    MicroBatcher<Integer, Integer> batcher = start(Duration.ZERO, batch, queue);
    CompletableFuture<List<Integer>> unused = batcher.submit(List.of(0));
    await(started);
    return batcher;
  }

  @Test
  void aFullBatchWaitsForNobody() {
    try (var batcher = start(FOR_EVER, 5, 100)) {
      var first = batcher.submit(List.of(2, 3));
      var second = batcher.submit(List.of(5, 7, 11));
      assertEquals(List.of(25, 49, 121), second.join());
      assertEquals(List.of(4, 9), first.join());
    }
    assertEquals(List.of(List.of(2, 3, 5, 7, 11)), batches);
    assertEquals(List.of(5), watched);
  }

  @Test
  void aCallAloneIsRunWhenItsWindowEnds() {
    try (var batcher = start(Duration.ofMillis(5), 100, 100)) {
      long start = System.nanoTime();
      assertEquals(List.of(9), batcher.submit(List.of(3)).join());
      assertFalse(System.nanoTime() - start < 5_000_000, "its window had not ended");
    }
  }

  @Test
  void whatWaitedIsRunInOrderAndCallsStayTogether() {
    try (var batcher = busy(5, 100)) {
      var calls =
          List.of(
              batcher.submit(List.of(2, 3, 4)),
              batcher.submit(List.of(5, 6)),
              batcher.submit(List.of(7, 8, 9)),
              batcher.submit(List.of(10, 11, 12)));
      assertEquals(11, batcher.waiting());
      go.countDown();
      assertEquals(
          List.of(List.of(4, 9, 16), List.of(25, 36), List.of(49, 64, 81), List.of(100, 121, 144)),
          calls.stream().map(CompletableFuture::join).toList());
      assertEquals(0, batcher.waiting());
    }
    assertEquals(
        List.of(List.of(0), List.of(2, 3, 4, 5, 6), List.of(7, 8, 9), List.of(10, 11, 12)),
        batches);
  }

  @Test
  void aCallThatIsLongerThanABatchIsRunByItself() {
    try (var batcher = busy(2, 100)) {
      var calls =
          List.of(
              batcher.submit(List.of(2)),
              batcher.submit(List.of(3, 4, 5)),
              batcher.submit(List.of(6)));
      go.countDown();
      calls.forEach(CompletableFuture::join);
    }
    assertEquals(List.of(List.of(0), List.of(2), List.of(3, 4, 5), List.of(6)), batches);
  }

  @Test
  void theQueueRefusesWhatItHasNoRoomFor() {
    try (var batcher = busy(2, 5)) {
      var kept = batcher.submit(List.of(2, 3, 4));
      assertThrows(RejectedExecutionException.class, () -> batcher.submit(List.of(5, 6, 7)));
      var fits = batcher.submit(List.of(8, 9)); // a refusal leaves the room as it was
      assertThrows(RejectedExecutionException.class, () -> batcher.submit(List.of(1)));
      go.countDown();
      assertEquals(List.of(4, 9, 16), kept.join());
      assertEquals(List.of(64, 81), fits.join());
      assertEquals(List.of(1), batcher.submit(List.of(1)).join());
    }
  }

  @Test
  void aFailureIsOfItsBatchAlone() {
    try (var batcher = busy(2, 100)) {
      var before = batcher.submit(List.of(2, 3));
      var bad = batcher.submit(List.of(13));
      var together = batcher.submit(List.of(5));
      var after = batcher.submit(List.of(7));
      go.countDown();
      assertEquals(List.of(4, 9), before.join());
      Throwable failure = assertThrows(CompletionException.class, bad::join).getCause();
      assertInstanceOf(IllegalArgumentException.class, failure);
      assertSame(failure, assertThrows(CompletionException.class, together::join).getCause());
      assertEquals(List.of(49), after.join());
    }
    assertEquals(List.of(1, 2, 1), watched);
  }

  @Test
  void answersThatAreTooFewReachNobody() {
    try (MicroBatcher<Integer, Integer> batcher =
        MicroBatcher.start(
            items -> items.subList(1, items.size()), (items, nanos) -> {}, FOR_EVER, 3, 9)) {
      var call = batcher.submit(List.of(2, 3, 5));
      assertEquals(
          "java.lang.IllegalStateException: 2 answers to 3 items",
          Messages.of(CompletionException.class, call::join));
    }
  }

  @Test
  void closingAnswersWhatWaitsAndTakesNoMore() {
    var batcher = busy(2, 100);
    List<CompletableFuture<List<Integer>>> calls =
        IntStream.range(1, 8).mapToObj(i -> batcher.submit(List.of(i))).toList();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(batcher::close);
    go.countDown();
    closing.join();
    for (int i = 1; i < 8; i++) {
      assertEquals(List.of(i * i), calls.get(i - 1).getNow(List.of()));
    }
    assertThrows(IllegalStateException.class, () -> batcher.submit(List.of(1)));
    batcher.close(); // again, to no effect
  }

  @Test
  void closingCutsTheWindowShort() {
    var batcher = start(FOR_EVER, 100, 100);
    var call = batcher.submit(List.of(3));
    batcher.close();
    assertEquals(List.of(9), call.getNow(List.of()));
  }
}

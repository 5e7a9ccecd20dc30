package io.gnomon.serve.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs together what several callers ask within a short time, first come first served, one batch
 * after the other on a thread of its own. The items of one call stay together.
 *
 * @param <I> what is asked
 * @param <O> its answer
 */
final class MicroBatcher<I, O> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MicroBatcher.class);

  /** Answers a batch. */
  interface Work<I, O> {
    /** As many answers as items, in their order. */
    List<O> run(List<I> items);
  }

  /** Hears of each batch that was answered. */
  interface Watch {
    void ran(int items, long nanos);
  }

  private record Call<I, O>(List<I> items, long since, CompletableFuture<List<O>> answer) {}

  private final Work<I, O> work;
  private final Watch watch;
  private final long window;
  private final int batch;
  private final int queue;

  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Call<I, O>> calls = new ArrayDeque<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private int waiting;
  private boolean closed;

  private MicroBatcher(Work<I, O> work, Watch watch, Duration window, int batch, int queue) {
    this.work = work;
    this.watch = watch;
    this.window = window.toNanos();
    this.batch = batch;
    this.queue = queue;
  }

  /**
   * Starts the thread.
   *
   * @param window how long a call may wait for others while there are fewer items than a batch has
   * @param batch items that are run together, but for a call that has more by itself
   * @param queue items that may wait
   */
  static <I, O> MicroBatcher<I, O> start(
      Work<I, O> work, Watch watch, Duration window, int batch, int queue) {
    MicroBatcher<I, O> batcher = new MicroBatcher<>(work, watch, window, batch, queue);
    new Thread(batcher::runAll, "batches").start();
    return batcher;
  }

  /**
   * Asks for answers, which the future has in the order of the items; it fails with what the work
   * threw.
   *
   * @throws RejectedExecutionException when the queue has no room for the items
   * @throws IllegalStateException when this is closed
   */
  CompletableFuture<List<O>> submit(List<I> items) {
    Call<I, O> call = new Call<>(List.copyOf(items), System.nanoTime(), new CompletableFuture<>());
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("closed");
      }
      if (waiting + items.size() > queue) {
        throw new RejectedExecutionException(waiting + " wait");
      }
      calls.addLast(call);
      waiting += items.size();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return call.answer();
  }

  /** Items that wait to be run. */
  int waiting() {
    lock.lock();
    try {
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  private void runAll() {
    try {
      for (List<Call<I, O>> next = next(); !next.isEmpty(); next = next()) {
        run(next);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    } finally {
      ended.complete(null);
    }
  }

  /** The next batch; none when this is closed and all is answered. */
  private List<Call<I, O>> next() throws InterruptedException {
    lock.lock();
    try {
      while (calls.isEmpty() && !closed) {
        changed.await();
      }
      long left = left();
      while (left > 0) {
        changed.awaitNanos(left);
        left = left();
      }
      return take();
    } finally {
      lock.unlock();
    }
  }

  /** Nanoseconds that the oldest call may still wait for company. */
  private long left() {
    if (closed || waiting >= batch) {
      return 0;
    }
    return calls.getFirst().since() + window - System.nanoTime();
  }

  private List<Call<I, O>> take() {
    List<Call<I, O>> taken = new ArrayList<>();
    int items = 0;
    while (!calls.isEmpty()
        && (taken.isEmpty() || items + calls.getFirst().items().size() <= batch)) {
      Call<I, O> call = calls.removeFirst();
      items += call.items().size();
      taken.add(call);
    }
    waiting -= items;
    return taken;
  }

  private void run(List<Call<I, O>> together) {
    List<I> items = together.stream().flatMap(call -> call.items().stream()).toList();
    try {
      long start = System.nanoTime();
      List<O> answers = work.run(items);
      watch.ran(items.size(), System.nanoTime() - start);
      if (answers.size() != items.size()) {
        throw new IllegalStateException(answers.size() + " answers to " + items.size() + " items");
      }
      hand(together, answers);
    } catch (RuntimeException | Error e) { // the next batch may do better
      LOG.error("a batch of {} failed: {}", items.size(), e.toString(), e);
      together.forEach(call -> call.answer().completeExceptionally(e));
    }
  }

  private static <I, O> void hand(List<Call<I, O>> together, List<O> answers) {
    int first = 0;
    for (Call<I, O> call : together) {
      int end = first + call.items().size();
      call.answer().complete(List.copyOf(answers.subList(first, end)));
      first = end;
    }
  }

  /** Takes no more, and comes back when all that waits is answered. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    ended.join();
  }
}

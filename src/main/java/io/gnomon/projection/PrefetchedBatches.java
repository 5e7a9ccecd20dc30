package io.gnomon.projection;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.gnomon.tensor.Devices;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Batches of which the next is drawn, and the teacher asked, while the student still steps on the
 * one before: by one thread, one batch after another, so that what is kept of them keeps its order.
 *
 * <p>What a batch holds does not depend on this. Arrays pass from thread to thread whole: they
 * belong to the worker until drawn, and to the caller's manager from then on.
 */
public final class PrefetchedBatches implements Batches, AutoCloseable {
  private final Batches batches;
  private final NDManager manager;
  private final long count;
  private final ExecutorService worker;
  private @Nullable Ahead ahead;

  /** A batch under way. */
  private record Ahead(long index, Future<Drawn> batch) {}

  /** A batch with the manager that holds it. */
  private record Drawn(Batch batch, NDManager owner) {}

  /**
   * Draws from {@code batches}, which no one else may do meanwhile.
   *
   * @param parent owner of what is under way; its device is the batches'
   * @param count batches wanted, numbered from 0: none beyond is drawn ahead
   */
  public PrefetchedBatches(Batches batches, NDManager parent, long count) {
    this.batches = batches;
    this.manager = parent.newSubManager();
    this.count = count;
    int threads = Devices.threads();
    this.worker = Executors.newSingleThreadExecutor(task -> thread(task, threads));
  }

  /** libtorch's thread count is each thread's own, and roundings on a CPU depend on it. */
  private static Thread thread(Runnable task, int threads) {
    Runnable work =
        () -> {
          Devices.threads(threads);
          task.run();
        };
    Thread thread = new Thread(work, "next-batch");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Waits for the batch where it is not there yet, and sets out on the next.
   *
   * @throws RuntimeException what drawing this very batch threw
   */
  @Override
  public Batch draw(NDManager owner, long index) {
    Ahead asked = ahead != null && ahead.index() == index ? ahead : begin(index);
    ahead = null;
    Drawn drawn = await(asked.batch());
    if (index + 1 < count) {
      ahead = begin(index + 1);
    }
    return handedOver(drawn, owner);
  }

  private Ahead begin(long index) {
    return new Ahead(index, worker.submit(() -> drawAhead(index)));
  }

  private Drawn drawAhead(long index) {
    NDManager owner = manager.newSubManager();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Batch batch = batches.draw(owner, index);
      batch.arrays().forEach(NDScope::unregister);
      return new Drawn(batch, owner);
    }
  }

  private static Batch handedOver(Drawn drawn, NDManager owner) {
    for (NDArray array : drawn.batch().arrays()) {
      array.attach(owner);
    }
    drawn.owner().close();
    return drawn.batch();
  }

  private static Drawn await(Future<Drawn> batch) {
    try {
      return batch.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a batch", e);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    }
  }

  private static RuntimeException unwrapped(ExecutionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException failure
        ? failure
        : new IllegalStateException(e.getCause());
  }

  /**
   * Waits for the batch under way, which another thread cannot break off without harm to its files
   * and arrays, and lets go of what was not drawn.
   */
  @Override
  public void close() {
    worker.shutdown();
    boolean interrupted = false;
    while (!worker.isTerminated()) {
      try {
        worker.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    manager.close();
  }
}

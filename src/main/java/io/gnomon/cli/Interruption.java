package io.gnomon.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C (or SIGTERM) as a wish: long work sees it between two steps, saves, and the process ends
 * only when the command has said how to go on. No thread is interrupted, for that would close its
 * files.
 */
final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final CountDownLatch saved = new CountDownLatch(1);
  private final Thread hook = new Thread(this::await, "interruption");
  private volatile boolean requested;

  private Interruption() {}

  /** Listens from now on until closed. */
  static Interruption install() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** Whether the user wishes to stop. */
  boolean requested() {
    return requested;
  }

  private void await() {
    requested = true;
    try {
      if (!saved.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        // The step never ended: what was last saved is what there is.
        Thread.currentThread().interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    saved.countDown();
    if (!requested) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}

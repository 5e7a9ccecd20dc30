package io.gnomon.tensor;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A stretch of operations whose gradients are wanted. DJL refuses a second one in the whole
 * process; here a thread that asks for it waits until the other is closed. To be closed by the
 * thread that began it.
 */
public final class Recording implements AutoCloseable {
  private static final ReentrantLock TURN = new ReentrantLock();

  private final GradientCollector collector;

  private Recording(GradientCollector collector) {
    this.collector = collector;
  }

  /** Begins, once no other thread records. */
  public static Recording begin() {
    TURN.lock();
    try {
      return new Recording(Engine.getEngine("PyTorch").newGradientCollector());
    } catch (RuntimeException e) {
      TURN.unlock();
      throw e;
    }
  }

  /** Adds the gradients of {@code loss}, a scalar, to those of all that it was computed from. */
  public void backward(NDArray loss) {
    collector.backward(loss);
  }

  @Override
  public void close() {
    try {
      collector.close();
    } finally {
      TURN.unlock();
    }
  }
}

package io.gnomon.bench;

import io.gnomon.checkpoint.FolderLock;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A turn at work that several processes want done once: the first does it, and the others wait and
 * find it done. Who has a turn waits for no other one, so that none waits for ever.
 */
final class Turn {
  private Turn() {}

  /**
   * Waits until no other process has the turn.
   *
   * @param folder what the holder locks
   * @param waiting said once, if there is anything to wait for
   * @param look milliseconds between two looks
   * @return the turn, to be closed; empty when the listener said stop
   */
  static Optional<FolderLock> await(Path folder, String waiting, CellListener listener, long look) {
    Optional<FolderLock> turn = FolderLock.tryAcquire(folder);
    if (turn.isEmpty()) {
      listener.note(waiting);
    }
    while (turn.isEmpty()) {
      if (listener.stop() || !slept(look)) {
        return Optional.empty();
      }
      turn = FolderLock.tryAcquire(folder);
    }
    return turn;
  }

  /** False when this thread is to end. */
  private static boolean slept(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

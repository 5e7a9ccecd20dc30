package io.gnomon.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The process's resident size while something runs, looked at every 20 ms by a thread of its own.
 * Linux keeps a peak of its own (VmHWM), but for the whole life of a process, and cells share one:
 * what is seen here is the cell's, on top of what Java and earlier cells had taken. A peak shorter
 * than 20 ms may be missed. Where the system does not tell, there is no figure.
 */
final class ResidentMemory implements AutoCloseable {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final long EVERY_MILLISECONDS = 20;

  private final @Nullable Long before;
  private final Thread watch = new Thread(this::look, "resident-memory");
  private volatile long peak;
  private volatile boolean closed;

  private ResidentMemory(@Nullable Long before) {
    this.before = before;
    this.peak = before == null ? 0 : before;
  }

  /** Begins to look. */
  static ResidentMemory watch() {
    System.gc(); // What earlier cells left for the collector is not this one's.
    ResidentMemory memory = new ResidentMemory(now().orElse(null));
    if (memory.before != null) {
      memory.watch.setDaemon(true);
      memory.watch.start();
    }
    return memory;
  }

  /** Bytes now; empty where the system does not tell. */
  private static Optional<Long> now() {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void look() {
    try {
      while (!closed) {
        now().ifPresent(bytes -> peak = Math.max(peak, bytes));
        Thread.sleep(EVERY_MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Bytes when the watch began. */
  @Nullable Long before() {
    return before;
  }

  /** Most bytes seen so far. */
  @Nullable Long peak() {
    return before == null ? null : (Long) peak;
  }

  @Override
  public void close() {
    closed = true;
  }
}

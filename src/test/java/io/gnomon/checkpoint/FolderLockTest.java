package io.gnomon.checkpoint;

import static io.gnomon.checkpoint.Refusals.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
  @TempDir Path folder;

  @Test
  void foldersMadeForNothingGoAgain() throws IOException {
    FolderLock.acquire(folder.resolve("results/x/seed-1")).close();
    assertFalse(Files.exists(folder.resolve("results")));
    FolderLock lock = FolderLock.acquire(folder.resolve("results/x/seed-1"));
    Files.writeString(folder.resolve("results/x/kept"), "");
    lock.close();
    assertFalse(Files.exists(folder.resolve("results/x/seed-1")));
    assertTrue(Files.exists(folder.resolve("results/x/kept")));
  }

  @Test
  void aSecondHolderIsRefusedUntilTheFirstCloses() {
    Path run = folder.resolve("run");
    try (FolderLock first = FolderLock.acquire(run)) {
      assertTrue(Files.exists(run.resolve(".lock")), first::toString);
      assertMessage(
          folder.resolve("./run")
              + ": another gnomon is writing into this folder (process "
              + ProcessHandle.current().pid(),
          () -> FolderLock.acquire(folder.resolve("./run")));
    }
    assertFalse(Files.exists(run.resolve(".lock")));
    FolderLock.acquire(run).close();
  }

  /** Each makes and removes the folders above both, as processes at cells of one suite do. */
  @Test
  void locksSideBySideDoNotDisturbEachOther() {
    CyclicBarrier start = new CyclicBarrier(2);
    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> takeOften("y", start));
    takeOften("x", start);
    other.join();
  }

  private void takeOften(String name, CyclicBarrier start) {
    try {
      for (int i = 0; i < 50; i++) {
        start.await(60, TimeUnit.SECONDS);
        FolderLock.acquire(folder.resolve("running/" + i + "/task/" + name)).close();
      }
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aTryIsNoRefusal() {
    try (FolderLock first = FolderLock.acquire(folder)) {
      assertTrue(FolderLock.tryAcquire(folder).isEmpty(), first::toString);
    }
    try (FolderLock second = FolderLock.tryAcquire(folder).orElseThrow()) {
      assertTrue(Files.exists(folder.resolve(".lock")), second::toString);
    }
  }

  @Test
  void aFileLeftByAKilledRunDoesNotBar() throws IOException {
    Files.writeString(folder.resolve(".lock"), "123456789012");
    try (FolderLock lock = FolderLock.acquire(folder)) {
      assertEquals(
          Long.toString(ProcessHandle.current().pid()),
          Files.readString(folder.resolve(".lock")),
          lock::toString);
    }
  }

  /** A second JVM runs {@link Holder}; a refused attempt in this one must not break its lock. */
  @Test
  void anotherProcessIsRefusedAndNamed() throws Exception {
    Process holder = Holder.start(folder);
    try {
      assertEquals("held", Holder.readLine(holder));
      for (int attempt = 0; attempt < 2; attempt++) {
        assertMessage("(process " + holder.pid() + ")", () -> FolderLock.acquire(folder));
      }
    } finally {
      holder.destroyForcibly().waitFor();
    }
    FolderLock.acquire(folder).close();
  }

  @Test
  void aRefusedAttemptHereDoesNotLetAnotherProcessIn() throws Exception {
    try (FolderLock lock = FolderLock.acquire(folder)) {
      assertThrows(InputException.class, () -> FolderLock.acquire(folder), lock::toString);
      Process other = Holder.start(folder);
      String said = Holder.readLine(other);
      other.destroyForcibly().waitFor();
      assertTrue(said.contains("another gnomon is writing"), said);
    }
  }

  /** Takes the lock, says so on its output, and waits to be killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws InterruptedException {
      try (FolderLock lock = FolderLock.acquire(Path.of(arguments[0]))) {
        say(lock.hashCode() == 0 ? "" : "held");
        Thread.sleep(60_000);
      } catch (InputException e) {
        say(String.valueOf(e.getMessage()));
      }
    }

    @SuppressWarnings("SystemOut")
    private static void say(String line) {
      System.out.println(line);
    }

    static Process start(Path folder) throws IOException {
      return new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-cp",
              System.getProperty("java.class.path"),
              Holder.class.getName(),
              folder.toString())
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    }

    static String readLine(Process process) throws IOException {
      String line = process.inputReader(StandardCharsets.UTF_8).readLine();
      return line == null ? "" : line;
    }
  }
}

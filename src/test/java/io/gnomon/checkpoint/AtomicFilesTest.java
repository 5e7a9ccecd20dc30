package io.gnomon.checkpoint;

import static io.gnomon.checkpoint.Refusals.assertMessage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  @TempDir Path folder;

  @Test
  void writesReplacesAndLeavesNothingBeside() throws IOException {
    Path target = folder.resolve("a/b/metrics.json");
    AtomicFiles.writeString(target, "old");
    AtomicFiles.writeString(target, "néw");
    assertEquals("néw", Files.readString(target));
    assertEquals(List.of("metrics.json"), entries(folder.resolve("a/b")));
  }

  @Test
  void aFullDiskIsNamedAndTheOldFileStays() throws IOException {
    Path target = folder.resolve("student.safetensors");
    AtomicFiles.writeString(target, "old");
    InputException thrown =
        assertThrows(
            InputException.class,
            () ->
                AtomicFiles.write(
                    target,
                    out -> {
                      out.write(new byte[1 << 17]);
                      throw new IOException("No space left on device");
                    }));
    assertEquals(
        target
            + ": cannot be written: no space left on device; free some space or choose a folder on"
            + " another disk",
        thrown.getMessage());
    assertEquals("old", Files.readString(target));
    assertEquals(List.of("student.safetensors"), entries(folder));
  }

  /** The system's own ENOSPC, by way of the device that is always full. */
  @Test
  void theDeviceThatIsAlwaysFull() throws IOException {
    assumeTrue(Files.exists(Path.of("/dev/full")), "skipped: this system has no /dev/full");
    Path target = folder.resolve("trace.jsonl");
    Files.createSymbolicLink(Aside.of(target), Path.of("/dev/full"));
    assertMessage("no space left on device; free", () -> AtomicFiles.writeString(target, "row"));
    assertEquals(List.of(), entries(folder));
  }

  @Test
  void twoMayWriteOneTargetAtOnce() throws IOException {
    Path target = folder.resolve("suite.yaml");
    AtomicFiles.write(
        target,
        out -> {
          out.write("fir".getBytes(UTF_8));
          CompletableFuture.runAsync(() -> AtomicFiles.writeString(target, "second")).join();
          assertEquals("second", Files.readString(target));
          out.write("st".getBytes(UTF_8));
        });
    assertEquals("first", Files.readString(target));
    assertEquals(List.of("suite.yaml"), entries(folder));
  }

  @Test
  void whatKilledWritersLeftIsRemoved() throws IOException {
    long alive = ProcessHandle.current().parent().orElseThrow().pid();
    for (String other : List.of("x.json", "y.99999999-ab-1.tmp", "x.json.99999999-1.tmp")) {
      left(other, Duration.ofDays(9));
    }
    left("x.json.99999999-ab-1.tmp", Duration.ofMinutes(2));
    left("x.json.99999999-ab-2.tmp", Duration.ofSeconds(2));
    left("x.json." + alive + "-ab-1.tmp", Duration.ofHours(23));
    left("x.json." + alive + "-ab-2.tmp", Duration.ofHours(25));
    left("x.json." + ProcessHandle.current().pid() + "-ab-1.tmp", Duration.ofMinutes(2));
    left("x.json.tmp", Duration.ofHours(25));
    AtomicFiles.writeString(folder.resolve("x.json"), "{}");
    assertEquals(
        Stream.of(
                "x.json",
                "x.json.99999999-1.tmp",
                "x.json.99999999-ab-2.tmp",
                "x.json." + alive + "-ab-1.tmp",
                "y.99999999-ab-1.tmp")
            .sorted()
            .toList(),
        entries(folder));
  }

  private void left(String name, Duration ago) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "half");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(ago)));
  }

  @Test
  void aFailureOfTheCallersOwnAlsoLeavesNothing() throws IOException {
    assertThrows(
        IllegalStateException.class,
        () ->
            AtomicFiles.write(
                folder.resolve("x"),
                out -> {
                  throw new IllegalStateException("a defect");
                }));
    assertEquals(List.of(), entries(folder));
  }

  @Test
  void aFileInPlaceOfTheFolderIsSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertMessage(
        file.resolve("x.json") + ": cannot be written: ",
        () -> AtomicFiles.writeString(file.resolve("x.json"), "{}"));
  }

  @Test
  void replacesAFolderWhole() throws IOException {
    Path target = folder.resolve("checkpoint");
    AtomicFiles.writeString(folder.resolve("one/sub/a"), "1");
    AtomicFiles.replaceDirectory(folder.resolve("one"), target);
    AtomicFiles.writeString(folder.resolve("two/b"), "2");
    AtomicFiles.replaceDirectory(folder.resolve("two"), target);
    assertEquals(List.of("checkpoint"), entries(folder));
    assertEquals(List.of("b"), entries(target));
  }

  @Test
  void aCrashBetweenTheTwoRenamesIsUndone() throws IOException {
    Path target = folder.resolve("checkpoint");
    AtomicFiles.writeString(folder.resolve("checkpoint.old/a"), "1");
    AtomicFiles.recoverDirectory(target);
    assertEquals(List.of("a"), entries(target));
    AtomicFiles.writeString(folder.resolve("checkpoint.old/stale"), "0");
    AtomicFiles.recoverDirectory(target);
    assertEquals(List.of("checkpoint"), entries(folder));
    assertEquals(List.of("a"), entries(target));
  }

  @Test
  void aMissingStagedFolderLeavesTheOldOneInPlace() throws IOException {
    Path target = folder.resolve("checkpoint");
    AtomicFiles.writeString(target.resolve("a"), "1");
    assertThrows(
        InputException.class,
        () -> AtomicFiles.replaceDirectory(folder.resolve("never-written"), target));
    assertEquals(List.of("a"), entries(target));
    assertFalse(Files.exists(folder.resolve("checkpoint.old")));
  }

  private static List<String> entries(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}

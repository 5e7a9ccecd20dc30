package io.gnomon.checkpoint;

import static io.gnomon.checkpoint.Refusals.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    Files.createSymbolicLink(folder.resolve("trace.jsonl.tmp"), Path.of("/dev/full"));
    assertMessage("no space left on device; free", () -> AtomicFiles.writeString(target, "row"));
    assertEquals(List.of(), entries(folder));
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

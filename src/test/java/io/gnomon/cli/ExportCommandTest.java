package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.TinyRun;
import io.gnomon.checkpoint.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
  @TempDir Path root;

  @Test
  void eachFormatHasItsFolderBelowTheRun() throws IOException {
    Path run = TinyRun.write(root, 14, false).folder();
    CapturedConsole console = new CapturedConsole();
    assertEquals(ExitCode.OK, console.run("export", run.toString()), console::err);
    assertTrue(console.err().contains("checking it on 78 texts and 5 of the task's"), console::err);
    List<String> lines = console.out().lines().toList();
    assertTrue(lines.get(0).startsWith(run.resolve("export/onnx-fp32") + ": model "), console::out);
    assertTrue(lines.get(4).startsWith("the task's texts "), console::out);
    assertTrue(lines.get(5).startsWith("accuracy "), console::out);

    run("export", run.toString(), "--to", "torchscript");
    run("export", run.toString(), "--precision", "fp16", "--vocabulary", "270", "--limit", "2");
    try (Stream<Path> folders = Files.list(run.resolve("export"))) {
      assertEquals(
          List.of("onnx-fp16-cut", "onnx-fp32", "torchscript"),
          folders.map(folder -> folder.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void oneExportAtATimeWritesIntoAFolder() throws IOException {
    Path run = TinyRun.write(root, 14, false).folder();
    Path out = root.resolve("out");
    Path aside = root.resolve("out.tmp");
    String[] command = {"export", run.toString(), "--out", out.toString()};
    try (FolderLock other = FolderLock.acquire(aside)) {
      CapturedConsole console = new CapturedConsole();
      assertEquals(ExitCode.BAD_INPUT, console.run(command), console::err);
      assertTrue(
          console.err().contains("another gnomon is writing into this folder"), console::err);
      assertFalse(Files.exists(out));
    }
    // what a killed one left is in nobody's way
    Files.createDirectories(aside.resolve("export/half"));
    run(command);
    assertTrue(Files.isRegularFile(out.resolve("model.onnx")));
    assertFalse(Files.exists(aside));
  }

  @Test
  void aStudentIsReadOnFromTheEmbeddedTeacher() {
    CapturedConsole console =
        run("run", home("configs/quickstart.yaml"), "--smoke", "--results", root.toString());
    Path run = root.resolve("quickstart-smoke/seed-1");
    assertTrue(Files.isDirectory(run), console::out);
    String out = root.resolve("out").toString();
    run("export", run.toString(), "--out", out, "--max-length", "7", "--limit", "20");
    assertTrue(Files.isRegularFile(root.resolve("out/model.onnx")));
  }

  @Test
  void whatCannotBeAskedForIsRefused() {
    Path run = TinyRun.write(root, 14, false).folder();
    refuses(
        "--precision: expected fp32 beside --to torchscript, found int8; leave it out, or take --to"
            + " onnx",
        "export",
        run.toString(),
        "--to",
        "torchscript",
        "--precision",
        "int8");
    refuses(
        "--limit: expected 0 or more, found -1; give 0 for all texts",
        "export",
        run.toString(),
        "--limit",
        "-1");
    refuses(
        "--max-length: expected 1 or more, found 0; give 256",
        "export",
        run.toString(),
        "--max-length",
        "0");
  }

  @Test
  void aFolderWithoutAStudentIsRefused() throws IOException {
    Path run = TinyRun.write(root, 14, false).folder();
    Files.delete(run.resolve("student/config.json"));
    CapturedConsole console = new CapturedConsole();
    assertEquals(ExitCode.BAD_INPUT, console.run("export", run.toString()));
    assertTrue(console.err().contains("expected a finished run with student/"), console::err);
    assertFalse(Files.exists(run.resolve("export")));
    assertEquals(ExitCode.BAD_INPUT, console.run("export", root.resolve("no").toString()));
    assertTrue(console.err().contains("expected a run folder"), console::err);
  }

  /** Matrices so loud that 8 bits do not carry them. */
  @Test
  void whatDoesNotPassFailsInOneLine() {
    Path run = TinyRun.write(root, 14, false, 40).folder();
    CapturedConsole console = new CapturedConsole();
    int status = console.run("export", run.toString(), "--precision", "int8");
    assertEquals(ExitCode.FAILURE, status);
    List<String> lines = console.err().lines().toList();
    String last = lines.get(lines.size() - 1);
    assertTrue(last.startsWith("gnomon: the list, each alone: text "), console::err);
    assertTrue(last.endsWith("; nothing is left of this export"), console::err);
    assertFalse(Files.exists(run.resolve("export")));
  }

  private static void refuses(String line, String... command) {
    CapturedConsole console = new CapturedConsole();
    assertEquals(ExitCode.BAD_INPUT, console.run(command));
    assertTrue(console.err().contains("gnomon: " + line), console::err);
  }

  private static CapturedConsole run(String... command) {
    CapturedConsole console = new CapturedConsole();
    assertEquals(ExitCode.OK, console.run(command), console::err);
    return console;
  }

  private static String home(String file) {
    return Path.of(System.getProperty("gnomon.home", "."), file).toString();
  }
}

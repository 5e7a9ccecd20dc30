package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.TinyTeacher;
import io.gnomon.gguf.TinyGguf;
import io.gnomon.tensorflow.TinyBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gnomon import} as a user types it. */
class ImportCommandTest {
  private final CapturedConsole captured = new CapturedConsole();

  @TempDir Path temp;
  private Path file = Path.of("");
  private Path folder = Path.of("");

  @BeforeEach
  void export() {
    file = TinyGguf.write(TinyTeacher.write(temp.resolve("original")), temp.resolve("tiny.gguf"));
    folder = temp.resolve("imported");
  }

  private int run() {
    return captured.run("import", file.toString(), "--to", folder.toString());
  }

  @Test
  void whatIsImportedCanBeAsked() {
    assertEquals(ExitCode.OK, run(), captured.err());
    assertTrue(captured.out().startsWith(folder + ": llama, "), captured.out());
    assertTrue(captured.out().contains("; files of weights written: 1, kept: 0"), captured.out());
    assertTrue(captured.err().startsWith("tiny.gguf: llama, 2 layers; "), captured.err());
    assertTrue(captured.err().contains("100%"), captured.err());
    assertEquals(ExitCode.OK, captured.run("ask", folder.toString(), "a good film"));
    assertTrue(captured.out().contains("\"a good film\""), captured.out());
    assertEquals(ExitCode.OK, run(), captured.err());
    assertTrue(captured.out().contains("; files of weights written: 0, kept: 1"), captured.out());
  }

  @Test
  void aBertOfTensorFlowIsImportedToo() throws IOException {
    file = TinyBundle.writeBert(temp.resolve("google"));
    assertEquals(ExitCode.OK, run(), captured.err());
    assertTrue(captured.out().startsWith(folder + ": bert, 3,"), captured.out());
    assertTrue(captured.out().contains("; files of weights written: 1, kept: 0"), captured.out());
    assertTrue(captured.err().startsWith("checking 0.0 MB against"), captured.err());
    assertTrue(captured.err().contains("google: bert, 2 layers; 0.0 MB to write"), captured.err());
    assertEquals(ExitCode.OK, run(), captured.err());
    assertTrue(captured.out().contains("; files of weights written: 0, kept: 1"), captured.out());
  }

  @Test
  void aDamagedCheckpointIsSaidInALine() throws IOException {
    file = TinyBundle.writeBert(temp.resolve("google"));
    Path data = file.resolve("bert_model.ckpt.data-00000-of-00001");
    Files.delete(data);
    assertEquals(ExitCode.BAD_INPUT, run());
    assertEquals(
        "gnomon: "
            + data
            + ": expected this data file of 1, found none; copy all files of the checkpoint\n",
        captured.err());
    assertTrue(Files.notExists(folder));
  }

  @Test
  void onATerminalABarIsDrawn() {
    StringWriter err = new StringWriter();
    Console terminal = new Console(new PrintWriter(new StringWriter()), new PrintWriter(err), true);
    assertEquals(
        ExitCode.OK, Main.run(terminal, "import", file.toString(), "--to", folder.toString()));
    assertTrue(err.toString().contains("\rimporting"), err.toString());
  }

  @Test
  void whatCannotBeImportedIsSaidInALine() throws IOException {
    Files.write(file, new byte[] {'G', 'G', 'U', 'F', 3, 0, 0});
    assertEquals(ExitCode.BAD_INPUT, run());
    assertEquals(
        "gnomon: "
            + file
            + ": expected 8 bytes or more, up to the version, found 7; copy or download the file"
            + " again\n",
        captured.err());
    assertEquals("", captured.out());
    assertTrue(Files.notExists(folder));
  }

  @Test
  void theFolderMustBeNamed() {
    assertEquals(ExitCode.BAD_INPUT, captured.run("import", file.toString()));
    assertTrue(captured.err().contains("--to"), captured.err());
  }
}

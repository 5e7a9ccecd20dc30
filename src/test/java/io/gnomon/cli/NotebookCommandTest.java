package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotebookCommandTest {
  @TempDir Path folder;

  private Path notebook(String source) throws IOException {
    Path file = folder.resolve("n.ipynb");
    Files.writeString(
        file,
        """
        {"cells": [{"cell_type": "code", "execution_count": null, "id": "c", "metadata": {},
          "outputs": [], "source": "%s"}],
         "metadata": {"kernelspec": {"display_name": "Java", "name": "java"}},
         "nbformat": 4, "nbformat_minor": 5}
        """
            .formatted(source));
    return file;
  }

  @Test
  void itRunsAndThenChecks() throws IOException {
    String file = notebook("System.out.println(2); 3").toString();
    CapturedConsole console = new CapturedConsole();
    assertEquals(ExitCode.FAILURE, console.run("notebook", "--check", file));
    assertTrue(console.err().contains("the file has no run at all"), console.err());
    assertEquals(ExitCode.OK, console.run("notebook", file));
    assertEquals(ExitCode.OK, console.run("notebook", "--check", file, file));
    String line = file + ": 1 code cells, 2 outputs\n";
    assertEquals(line + line + line, console.out().replace("\r\n", "\n"));
  }

  @Test
  void aBrokenCellIsOneLineAndStatusOne() throws IOException {
    Path file = notebook("int x = 1;\\nthrow new IllegalStateException(\\\"not so\\\");");
    String before = Files.readString(file);
    CapturedConsole console = new CapturedConsole();
    assertEquals(ExitCode.FAILURE, console.run("notebook", file.toString()));
    assertEquals(
        "gnomon: " + file + ": code cell 1, line 2: IllegalStateException: not so",
        console.err().strip());
    assertEquals("", console.out());
    assertEquals(before, Files.readString(file));
  }

  @Test
  void aMissingFileIsBadInput() {
    CapturedConsole console = new CapturedConsole();
    String file = folder.resolve("none.ipynb").toString();
    assertEquals(ExitCode.BAD_INPUT, console.run("notebook", file));
    assertEquals(
        "gnomon: " + file + ": cannot be read: no such file or folder; check the path",
        console.err().strip());
  }
}

package io.gnomon.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.notebook.NotebookRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The notebooks of the checkout still run, and show what they are committed with. */
class NotebooksTest {
  private static final Path NOTEBOOKS =
      Path.of(System.getProperty("gnomon.home", "."), "notebooks");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> theyRunAndShowWhatTheyDid() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> files = Files.list(NOTEBOOKS)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".ipynb")) {
          tests.add(DynamicTest.dynamicTest(name, () -> check(file)));
        }
      }
    }
    assertEquals(4, tests.size());
    return tests.stream();
  }

  private void check(Path file) throws IOException {
    Path copy = Files.copy(file, folder.resolve(file.getFileName()));
    String before = Files.readString(copy);
    Outcome outcome = new NotebookRun(copy, new ProcessStreams(System.out, System.err)).check();
    assertTrue(outcome.outputs() > 3, outcome::toString);
    assertEquals(before, Files.readString(copy));
  }
}

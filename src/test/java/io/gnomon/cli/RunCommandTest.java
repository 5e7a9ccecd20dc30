package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
  private static final Path HOME = Path.of(System.getProperty("gnomon.home", "."));
  private static final Path POCKET = HOME.resolve("src/main/resources/io/gnomon/teacher/pocket");

  @TempDir Path folder;

  @Test
  void aRunThatNeverBeganDoesNotBlockTheNext() throws IOException {
    byte[] weights = Files.readAllBytes(POCKET.resolve("model.safetensors"));
    Path teacher = Files.createDirectories(folder.resolve("teacher"));
    for (String file : new String[] {"config.json", "tokenizer.json"}) {
      Files.copy(POCKET.resolve(file), teacher.resolve(file));
    }
    Path target = teacher.resolve("model.safetensors");
    Files.write(target, Arrays.copyOf(weights, weights.length / 2));
    CapturedConsole first = new CapturedConsole();
    assertEquals(ExitCode.BAD_INPUT, run(first, teacher));
    assertTrue(first.err().contains("truncated"), first::err);

    Files.write(target, weights);
    CapturedConsole second = new CapturedConsole();
    assertEquals(ExitCode.OK, run(second, teacher), second::err);
    CapturedConsole third = new CapturedConsole();
    assertEquals(ExitCode.BAD_INPUT, run(third, teacher));
    assertTrue(third.err().contains("add --resume"), third::err);
  }

  private int run(CapturedConsole console, Path teacher) {
    return console.run(
        "run",
        HOME.resolve("configs/quickstart.yaml").toString(),
        "--smoke",
        "--set",
        "teacher={path: " + teacher + "}",
        "--results",
        folder.resolve("results").toString());
  }
}

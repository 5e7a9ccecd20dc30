package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A teacher's answers by Spark beside those by {@code gnomon answer}. */
class SparkAnswerCommandTest {
  @TempDir Path root;
  private Workbench bench;

  @BeforeAll
  static void master() {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
  }

  @AfterAll
  static void noMaster() {
    System.clearProperty("spark.master");
    System.clearProperty("spark.ui.enabled");
  }

  @BeforeEach
  void prepare() throws IOException {
    bench = new Workbench(root);
  }

  private String[] words(String command) {
    return command.replace("@", bench.path("").toString().replaceAll("/$", "")).split(" ", -1);
  }

  private CapturedConsole spark(int status, String command) {
    CapturedConsole console = new CapturedConsole();
    assertEquals(status, SparkMain.run(console.console(), words(command)), console::err);
    return console;
  }

  /** Every file below {@code name} with its digest. */
  private Map<String, String> below(String name) throws IOException {
    Map<String, String> below = new TreeMap<>();
    bench
        .listing()
        .forEach(
            (path, digest) -> {
              if (path.startsWith(name + "/")) {
                below.put(path.substring(name.length()), digest);
              }
            });
    return below;
  }

  @Test
  void theSharesMergeToTheBytesOfTheCommand() throws IOException {
    CapturedConsole console = new CapturedConsole();
    String whole = "answer @/x.yaml --answers @/whole --set training.steps=29";
    assertEquals(ExitCode.OK, console.run(words(whole)), console::err);
    String job = whole.replace("whole", "many") + " --shards 3";
    String out = spark(ExitCode.OK, job).out();
    assertTrue(out.startsWith("31 batches kept, 31 of them asked now, in\n"), out);
    assertEquals(3 * 3 + 3, below("many").size(), below("many")::toString);
    assertEquals(below("whole"), below("many"));

    String again = spark(ExitCode.OK, job.replace("--shards 3", "--shards 2")).out();
    assertTrue(again.startsWith("31 batches kept, 0 of them asked now, in\n"), again);
    assertEquals(below("whole"), below("many"));
  }

  /** What shares answered by hand left is gone on from. */
  @Test
  void itGoesOnFromSharesAnsweredElsewhere() throws IOException {
    String command = "answer @/x.yaml --answers @/many --set training.steps=29";
    CapturedConsole console = new CapturedConsole();
    assertEquals(ExitCode.OK, console.run(words(command + " --shard 1/5")), console::err);
    String out = spark(ExitCode.OK, command).out();
    // Of 29 and 1 batches those numbered 1, 6, 11, 16, 21 and 26 were there.
    assertTrue(out.startsWith("31 batches kept, 25 of them asked now, in\n"), out);
    CapturedConsole other = new CapturedConsole();
    other.run(words(command.replace("many", "whole")));
    assertEquals(below("whole"), below("many"));
  }

  @Test
  void whatCannotBeAnsweredIsRefusedInOneLine() throws IOException {
    assertEquals(
        "gnomon: --shards: expected 0 or more, found -1; give 0 for as many as there are cores\n",
        spark(ExitCode.BAD_INPUT, "answer @/x.yaml --answers @/many --shards -1").err());
    bench.fillEnd("teacher/model.safetensors", 40);
    String err = spark(ExitCode.BAD_INPUT, "answer @/x.yaml --answers @/many").err();
    List<String> lines = err.lines().toList();
    assertTrue(
        lines
            .get(lines.size() - 1)
            .startsWith("gnomon: teacher: expected finite probabilities, found others in "),
        err);
  }
}

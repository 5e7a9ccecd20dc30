package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.TinyRun;
import io.gnomon.export.ExportPrecision;
import io.gnomon.export.Exports;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkTagCommandTest {
  @TempDir static Path models;
  private static Path model = Path.of("");

  @TempDir Path root;

  @BeforeAll
  static void export() {
    TinyRun run = TinyRun.write(models.resolve("several"), 14, true);
    model = Exports.onnx(run, ExportPrecision.FP32, models.resolve("onnx"));
  }

  /**
   * The main class in a process of its own that has neither libtorch nor DJL's engine to load, with
   * options that leave sets of labels.
   */
  @Test
  void itNeedsNoEngine() throws IOException, InterruptedException {
    Path in = root.resolve("in.jsonl");
    Files.writeString(in, "{\"text\": \"a good film\"}\n{}\n{\"text\": \"bad\"}\n");
    List<String> options = List.of("--threshold", "0.3", "--threshold", "odd=0.9", "--top-k", "2");
    Path one = root.resolve("one.jsonl");
    List<String> line = new ArrayList<>(List.of("tag", model + "", in + "", "--out", one + ""));
    line.addAll(options);
    CapturedConsole console = new CapturedConsole();
    assertEquals(ExitCode.OK, console.run(line.toArray(String[]::new)), console::err);

    Path many = root.resolve("many.jsonl");
    line.set(4, many.toString());
    Path log = root.resolve("log.txt");
    assertEquals(0, process(line, log), () -> read(log));
    assertEquals(
        "gnomon: tagged 2 rows; rejected 1, see " + many + ".rejected.jsonl",
        read(log).lines().reduce("", (before, last) -> last));
    try (Stream<Path> parts = Files.list(many)) {
      String rows =
          parts
              .filter(part -> part.getFileName().toString().startsWith("part-"))
              .sorted()
              .map(SparkTagCommandTest::read)
              .collect(Collectors.joining());
      assertEquals(Files.readString(one), rows);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int process(List<String> line, Path log) throws IOException, InterruptedException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.matches(".*(pytorch|nd4j|javacpp|openblas|tribuo).*"))
            .collect(Collectors.joining(File.pathSeparator));
    assertFalse(classPath.contains("pytorch"));
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-cp", classPath, "-Dspark.master=local[2]", "-Dspark.ui.enabled=false"));
    words.add(SparkMain.class.getName());
    words.addAll(line);
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      assertTrue(process.waitFor(180, TimeUnit.SECONDS));
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void badArgumentsGetOneLine() {
    String in = root.resolve("in.jsonl").toString();
    refuses("Missing required option: '--out=OUT'; see gnomon-spark tag --help", "tag", "m", in);
    refuses(
        "Missing required parameter: 'FILE'; see gnomon-spark tag --help",
        "tag",
        "m",
        "--out",
        "o.jsonl");
    refuses(
        "expected a command, found 'tags'; did you mean 'tag'? See gnomon-spark --help", "tags");
    refuses(
        "o: expected a name that ends in .jsonl or .parquet, found another; give --to jsonl or"
            + " parquet",
        "tag",
        "m",
        in,
        "--out",
        "o");
    refuses(
        "--to: expected jsonl or parquet, found csv; 'gnomon tag' writes it",
        "tag",
        "m",
        in,
        "--out",
        "o.csv");
    refuses(
        "--split: expected 1 byte or more, found 0; give 33554432",
        "tag",
        "m",
        in,
        "--out",
        "o.jsonl",
        "--split",
        "0");
    refuses(
        "spark.master: expected where to run, found none; start this by spark-submit --master …, or"
            + " by java -Dspark.master='local[*]'",
        "tag",
        "m",
        in,
        "--out",
        "o.jsonl");
  }

  private static void refuses(String message, String... line) {
    CapturedConsole console = new CapturedConsole();
    assertEquals(ExitCode.BAD_INPUT, SparkMain.run(console.console(), line));
    assertEquals("gnomon: " + message + "\n", console.err());
  }

  @Test
  void helpSaysHowToStart() {
    CapturedConsole console = new CapturedConsole();
    assertEquals(ExitCode.OK, SparkMain.run(console.console(), "tag", "--help"));
    assertTrue(console.out().contains("0 for all cores; 1 unless given"), console::out);
    SparkMain.run(console.console(), "--help");
    assertTrue(console.out().contains("--class io.gnomon.cli.SparkMain"), console::out);
  }
}

package io.gnomon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.TinySuite;
import io.gnomon.checkpoint.Sha256;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
  private static final Path HOME = Path.of(System.getProperty("gnomon.home", ".")).toAbsolutePath();

  @TempDir Path folder;

  private CapturedConsole command(int status, String... words) {
    CapturedConsole console = new CapturedConsole();
    assertEquals(status, console.run(words), console::err);
    return console;
  }

  private String[] bench(Path suite, String... more) {
    return Stream.concat(
            Stream.of("bench", suite.toString(), "--results", folder + "/results"), Stream.of(more))
        .toArray(String[]::new);
  }

  @Test
  void killedAndRestartedItRedoesNothing() throws IOException, InterruptedException {
    Path suite = TinySuite.write(folder);
    killAt("[5/6]", suite);
    Map<String, String> before = finished();
    assertEquals(4, before.size(), before::toString);

    CapturedConsole again = command(ExitCode.OK, bench(suite));
    List<String> begun = again.err().lines().filter(line -> line.startsWith("[")).toList();
    assertEquals(
        List.of(
            "[5/6] goemotions-binary/uniform/seed-2", "[6/6] goemotions-binary/bursty+12/seed-2"),
        begun);
    Map<String, String> after = finished();
    assertEquals(6, after.size());
    before.forEach((file, sha256) -> assertEquals(sha256, after.get(file), file));
    assertTrue(again.err().contains("6 finished, 0 failed, 0 differ, 0 left"), again::err);
    assertTrue(again.out().contains("table.md"), again::out);
  }

  /** Runs the suite in a process of its own and kills it when it has told of a cell. */
  private void killAt(String place, Path suite) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("-Dgnomon.home=" + HOME);
    command.add("io.gnomon.cli.Main");
    command.addAll(List.of(bench(suite)));
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    StringBuilder said = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.append(line).append('\n');
        if (line.startsWith(place)) {
          process.destroyForcibly(); // SIGKILL
          break;
        }
      }
    } finally {
      process.destroyForcibly();
    }
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertNotEquals(0, process.exitValue(), said::toString);
  }

  /** cell.json and predictions of every finished cell, and their hashes. */
  private Map<String, String> finished() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder.resolve("results"))) {
      all.filter(file -> file.endsWith("cell.json"))
          .forEach(
              file ->
                  files.put(
                      file.toString(),
                      Sha256.of(file) + Sha256.of(file.resolveSibling("predictions.txt"))));
    }
    return files;
  }

  @Test
  void thePlanIsShownAndNothingRun() throws IOException {
    Path suite = TinySuite.write(folder);
    CapturedConsole plan = command(ExitCode.OK, bench(suite, "--dry-run"));
    assertEquals(
        List.of(
            "goemotions-binary/teacher/seed-1    to do",
            "goemotions-binary/constant/seed-1   to do",
            "goemotions-binary/uniform/seed-1    to do",
            "goemotions-binary/bursty+12/seed-1  to do",
            "goemotions-binary/uniform/seed-2    to do",
            "goemotions-binary/bursty+12/seed-2  to do",
            "6 of 6 cells to run: about 0.0 min, and 6 cells of which nothing is known"),
        plan.out().lines().toList());
  }

  @Test
  void timeEndsItAndTheSameCommandGoesOn() throws IOException {
    Path suite = TinySuite.write(folder);
    String[] few = bench(suite, "--cell", "*/constant/*", "--max-minutes", "0.00001");
    CapturedConsole stopped = command(ExitCode.INTERRUPTED, few);
    assertTrue(
        stopped.err().contains("0 finished, 0 failed, 0 differ, 1 left\ngo on with"), stopped::err);
    CapturedConsole negative = command(ExitCode.BAD_INPUT, bench(suite, "--max-minutes", "-1"));
    assertTrue(negative.err().contains("--max-minutes: expected 0 or more"), negative::err);
  }

  @Test
  void whatWasMadeOtherwiseIsAFailure() throws IOException {
    Path suite = TinySuite.write(folder);
    String[] one = bench(suite, "--cell", "*/constant/*");
    command(ExitCode.OK, one);
    TinySuite.write(folder, TinySuite.SUITE.replace("test: 60", "test: 59"));
    CapturedConsole other = command(ExitCode.FAILURE, one);
    assertTrue(
        other
            .err()
            .contains(
                "gnomon: goemotions-binary/constant/seed-1: made with other settings, and left as"
                    + " it is; --redo runs it anew\n0 finished, 0 failed, 1 differ, 0 left"),
        other::err);
  }

  @Test
  void aRerunIsComparedToBothSides() throws IOException {
    Path suite = TinySuite.write(folder);
    command(ExitCode.BAD_INPUT, "reproduce", suite.toString());
    command(
        ExitCode.OK,
        bench(suite, "--cell", "*/constant/*", "--cell", "*/uniform/seed-1", "--write-expected"));
    Path expected = folder.resolve("expected.yaml");
    CapturedConsole same =
        command(
            ExitCode.OK,
            "reproduce",
            suite.toString(),
            "--results",
            folder + "/again",
            "--cell",
            "*/constant/*",
            "--cell",
            "*/uniform/*");
    List<String> lines = same.out().lines().toList();
    assertEquals(1 + 4 + 5, lines.size(), same::out);
    assertTrue(lines.stream().skip(1).allMatch(line -> line.endsWith("  OK")), same::out);

    // Better than expected is as much a finding as worse.
    String text = Files.readString(expected);
    Files.writeString(
        expected, text.replaceFirst("accuracy:\n( +)value: [0-9.]+", "accuracy:\n$1value: 0.4"));
    CapturedConsole better =
        command(
            ExitCode.FAILURE,
            "reproduce",
            suite.toString(),
            "--results",
            folder + "/again",
            "--cell",
            "*/constant/*");
    assertTrue(
        better
            .out()
            .lines()
            .anyMatch(line -> line.matches(".*accuracy +0\\.4000 .* \\+0\\.\\d+ .* FAIL")),
        better::out);
  }

  private String[] reproduce(Path suite, String... more) {
    return Stream.concat(
            Stream.of("reproduce", suite.toString(), "--results", folder + "/again"),
            Stream.of(more))
        .toArray(String[]::new);
  }

  @Test
  void whatIsNoRerunIsNotOk() throws IOException {
    Path suite = TinySuite.write(folder);
    command(ExitCode.OK, bench(suite, "--cell", "*/constant/*"));
    Path expected = folder.resolve("expected.yaml");
    CapturedConsole report =
        command(ExitCode.OK, bench(suite, "--report-only", "--write-expected"));
    assertTrue(report.out().contains(expected.toString()), report::out);
    String of60 = Files.readString(expected);
    command(ExitCode.OK, reproduce(suite));

    // The same figures, of another suite: nothing was run again.
    TinySuite.write(folder, TinySuite.SUITE.replace("test: 60", "test: 59"));
    CapturedConsole other = command(ExitCode.FAILURE, reproduce(suite));
    List<String> lines = other.out().lines().skip(1).toList();
    assertEquals(4, lines.size(), other::out);
    assertTrue(
        lines.stream().allMatch(line -> line.endsWith("  FAIL (made with other settings)")),
        other::out);
    CapturedConsole none =
        command(ExitCode.BAD_INPUT, bench(suite, "--report-only", "--write-expected"));
    assertTrue(none.err().contains("expected a finished cell, found none"), none::err);
    assertEquals(of60, Files.readString(expected));
  }

  @Test
  void whatTheSuiteHasNoMoreIsSaid() throws IOException {
    Path suite = TinySuite.write(folder);
    command(ExitCode.OK, bench(suite, "--cell", "*/constant/*", "--write-expected"));
    Path expected = folder.resolve("expected.yaml");
    String text = Files.readString(expected);
    Files.writeString(
        expected, text + text.substring(text.indexOf("  goemotions")).replace("constant", "older"));
    CapturedConsole gone = command(ExitCode.FAILURE, reproduce(suite));
    assertEquals(1 + 4 + 1, gone.out().lines().count(), gone::out);
    assertTrue(
        gone.out()
            .lines()
            .anyMatch(
                line ->
                    line.startsWith("goemotions-binary/older/seed-1")
                        && line.endsWith("FAIL (no such cell)")),
        gone::out);
    command(ExitCode.OK, reproduce(suite, "--cell", "*/constant/*"));
  }
}

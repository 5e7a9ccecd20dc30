package io.gnomon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gnomon.checkpoint.Aside;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run in a process of its own: another one into its folder, a signal, and the way on. */
class InterruptedRunTest {
  private static final String RUN = "run @/x.yaml --results @/results --set training.steps=";
  private static final Pattern SAVED =
      Pattern.compile("saved behind step (\\d+); go on with the same command and --resume");

  /** 128 + SIGTERM, as shells have it. */
  private static final int TERMINATED = 143;

  @TempDir Path root;

  @Test
  void savesWhenToldToStopAndKeepsOthersOut() throws IOException, InterruptedException {
    Workbench bench = new Workbench(root);
    Process process = start(bench, "1000000");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8))) {
      awaitSecondRow(lines);
      assertEquals(
          "gnomon: @/results/x/seed-1: another gnomon is writing into this folder (process "
              + process.pid()
              + "); wait for it to end, or choose another folder",
          refusal(bench, RUN + "1000000 --resume"));

      List<String> rest = terminate(process, lines);
      assertEquals(1, rest.size(), rest::toString);
      Matcher saved = SAVED.matcher(rest.get(0));
      assertTrue(saved.matches(), rest::toString);
      goesOn(bench, Long.parseLong(saved.group(1)));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void saysSoWhenItCannotSave() throws IOException, InterruptedException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "skipped: this system has no /dev/full");
    Workbench bench = new Workbench(root);
    Path state = bench.path("results/x/seed-1/checkpoint/state.safetensors");
    Process process =
        start(
            bench,
            List.of(WithoutRoom.class.getName(), state.toString()),
            "1000000 --set training.checkpoint_every=1000000");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8))) {
      awaitSecondRow(lines);
      assertEquals(
          List.of(
              "gnomon: "
                  + state
                  + ": cannot be written: no space left on device; free some space or choose a"
                  + " folder on another disk"),
          terminate(process, lines));
    } finally {
      process.destroyForcibly();
    }
  }

  /** Gnomon, with one file of its own on the device that is always full. */
  static final class WithoutRoom {
    private WithoutRoom() {}

    public static void main(String[] arguments) throws IOException {
      Path file = Path.of(arguments[0]);
      Files.createDirectories(file.getParent());
      Files.createSymbolicLink(Aside.of(file), Path.of("/dev/full"));
      Main.main(Arrays.copyOfRange(arguments, 1, arguments.length));
    }
  }

  private static void awaitSecondRow(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.matches("\\s*2 .*")) { // the row of step 2
      line = lines.readLine();
    }
    assertTrue(line != null, "ended before its second row");
  }

  /** Sends SIGTERM; what is said from then on, without rows. */
  private static List<String> terminate(Process process, BufferedReader lines)
      throws InterruptedException {
    process.toHandle().destroy(); // not the process's own method, which closes its streams
    List<String> rest = lines.lines().filter(said -> !said.matches("\\s*\\d+ .*")).toList();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(TERMINATED, process.exitValue());
    return rest;
  }

  /** The state is whole: the same command with other steps is refused, and nothing is left over. */
  private static void goesOn(Workbench bench, long step) throws IOException {
    assertTrue(step >= 2, "saved behind step " + step);
    List<String> left =
        bench.listing().keySet().stream().filter(name -> name.startsWith("results/")).toList();
    assertEquals(
        List.of(
            "results/x",
            "results/x/seed-1",
            "results/x/seed-1/checkpoint",
            "results/x/seed-1/checkpoint/state.safetensors",
            "results/x/seed-1/config.yaml",
            "results/x/seed-1/provenance.json",
            "results/x/seed-1/trace.jsonl"),
        left);
    assertTrue(
        refusal(bench, RUN + "1000001 --resume").contains("expected the configuration given"));
    assertTrue(refusal(bench, RUN + "1000000").contains("add --resume to go on with it"));
    assertFalse(Files.exists(bench.path("results/x/seed-1/student")));
  }

  private static String refusal(Workbench bench, String command) {
    CapturedConsole console = new CapturedConsole();
    int status = bench.run(console, List.of(command.split(" ")));
    assertEquals(ExitCode.BAD_INPUT, status, console::err);
    assertEquals(1, console.err().lines().count(), console::err);
    return console.err().strip().replace(bench.path("").toString().replaceAll("/$", ""), "@");
  }

  private static Process start(Workbench bench, String steps) throws IOException {
    return start(bench, List.of("io.gnomon.cli.Main"), steps);
  }

  private static Process start(Workbench bench, List<String> main, String steps)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(main);
    for (String word : List.of((RUN + steps).split(" "))) {
      command.add(word.replace("@", bench.path("").toString().replaceAll("/$", "")));
    }
    return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
  }
}

package io.gnomon.experiment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.tensor.Seeds;
import io.gnomon.trace.TraceFile;
import io.gnomon.trace.TraceRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process killed with SIGKILL at random steps, resumed, against one that was never killed. */
class KillAndResumeTest {
  private static final int STEPS = 60;
  private static final Path HOME = Path.of(System.getProperty("gnomon.home", ".")).toAbsolutePath();

  private static final Pattern ROW = Pattern.compile("^\\s*(\\d+)\\s");

  @TempDir Path results;

  @Test
  void threeKillsLeaveNoTrace() throws IOException, InterruptedException {
    assertEquals(0, run("unbroken", false, Integer.MAX_VALUE));
    SplittableRandom random = Seeds.random(11, "kills", 0);
    int at = 0;
    for (int kill = 0; kill < 3; kill++) {
      at += 1 + random.nextInt(STEPS / 3 - 2);
      assertTrue(run("killed", kill > 0, at) != 0, "a run killed at row " + at + " ended well");
    }
    assertEquals(0, run("killed", true, Integer.MAX_VALUE));

    List<TraceRow> unbroken = new TraceFile(folder("unbroken").trace()).read();
    List<TraceRow> killed = new TraceFile(folder("killed").trace()).read();
    assertEquals(STEPS + 1, unbroken.size());
    assertEquals(unbroken.size(), killed.size());
    for (int i = 0; i < unbroken.size(); i++) {
      assertTrue(unbroken.get(i).sameExceptSpeed(killed.get(i)), "row " + i + " differs");
    }
    // ND4J, loaded on the way, would set libtorch's threads to its own number.
    String provenance = Files.readString(folder("unbroken").provenance());
    assertTrue(provenance.contains("\"threads\" : 1,"), provenance);
    assertArrayEquals(
        Files.readAllBytes(folder("unbroken").student().resolve("student.safetensors")),
        Files.readAllBytes(folder("killed").student().resolve("student.safetensors")));
  }

  private RunFolder folder(String runId) {
    return RunFolder.of(results, "quickstart", runId);
  }

  /** Runs the program in a process of its own; kills it once it has told of step {@code killAt}. */
  private int run(String runId, boolean resume, int killAt)
      throws IOException, InterruptedException {
    Process process = start(runId, resume);
    StringBuilder said = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.append(line).append('\n');
        if (step(line) >= killAt) {
          process.destroyForcibly(); // SIGKILL; closes the stream as well
          break;
        }
      }
    }
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertTrue(killAt != Integer.MAX_VALUE || process.exitValue() == 0, said::toString);
    return process.exitValue();
  }

  private static int step(String line) {
    Matcher row = ROW.matcher(line);
    return row.find() ? Integer.parseInt(row.group(1)) : -1;
  }

  private Process start(String runId, boolean resume) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("-Dgnomon.home=" + HOME);
    command.add("io.gnomon.cli.Main");
    command.addAll(List.of("run", HOME.resolve("configs/quickstart.yaml").toString()));
    command.addAll(List.of("--results", results.toString(), "--run-id", runId));
    for (String set :
        List.of(
            "training.steps=" + STEPS,
            "training.batch_size=5",
            "training.checkpoint_every=4",
            "trace.every=1",
            "trace.probe=16",
            "trace.text.limit=8",
            "optimizer.warmup_steps=7",
            "student.dropout=0.1",
            "runtime.threads=1")) {
      command.addAll(List.of("--set", set));
    }
    if (resume) {
      command.add("--resume");
    }
    return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
  }
}

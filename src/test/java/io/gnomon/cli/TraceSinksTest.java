package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.trace.TraceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code trace.to} as a user writes it. */
class TraceSinksTest {
  @TempDir Path root;

  @Test
  void theRunGoesOnWithoutItsServerAndWritesEvents() throws IOException {
    Workbench bench = new Workbench(root);
    CapturedConsole console = new CapturedConsole();
    assertEquals(
        ExitCode.OK,
        bench.run(
            console,
            List.of(
                "run",
                "@/x.yaml",
                "--results",
                "@/results",
                "--set",
                "trace.to=[tensorboard, \"mlflow:http://127.0.0.1:1\"]")),
        console::err);
    assertEquals(
        1, console.err().lines().filter(line -> line.startsWith("mlflow:")).count(), console::err);
    Path run = bench.path("results/x/seed-1");
    assertEquals(3, new TraceFile(run.resolve("trace.jsonl")).read().size());
    assertTrue(Files.size(run.resolve("events.out.tfevents.gnomon")) > 3 * 200);
    assertTrue(
        Files.readString(run.resolve("config.yaml"))
            .contains("  to: [tensorboard, \"mlflow:http://127.0.0.1:1\"]\n"),
        "kept, for a resumed run");
  }

  @Test
  void whatCannotBeASinkIsRefusedInOneLine() throws IOException {
    Workbench bench = new Workbench(root);
    refuses(bench, "[tensorbord]", "the text 'tensorbord'; allowed: tensorboard, or mlflow:");
    refuses(bench, "[mlflow]", "the text 'mlflow'", "mlflow:http://127.0.0.1:5000");
    refuses(bench, "[\"mlflow:file:/tmp/x\"]", "no http or https address in 'mlflow:file:/tmp/x'");
    refuses(bench, "[\"mlflow:http://a b\"]", "no address in 'mlflow:http://a b'");
    refuses(bench, "[\"mlflow:http://me:secret@host\"]", "MLFLOW_TRACKING_PASSWORD");
    refuses(bench, "[tensorboard, tensorboard]", "a second 'tensorboard'");
    refuses(bench, "tensorboard", "a list");
  }

  private static void refuses(Workbench bench, String to, String... parts) {
    CapturedConsole console = new CapturedConsole();
    // Not by the bench, to which an @ is its folder.
    String file = bench.path("x.yaml").toString();
    assertEquals(ExitCode.BAD_INPUT, console.run("run", file, "--set", "trace.to=" + to), to);
    assertEquals(1, console.err().lines().count(), console::err);
    for (String part : parts) {
      assertTrue(console.err().contains(part), () -> part + " in " + console.err());
    }
  }
}

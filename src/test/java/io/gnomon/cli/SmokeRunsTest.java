package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.Shipped;
import io.gnomon.config.ConfigLoader;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.experiment.RunFolder;
import io.gnomon.trace.TraceFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every experiment that ships runs to its end under {@code --smoke}, and leaves what a run leaves.
 */
class SmokeRunsTest {
  private static final Path HOME = Path.of(System.getProperty("gnomon.home", "."));

  @TempDir Path results;

  @TestFactory
  Stream<DynamicTest> everyExperimentRuns() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String root : List.of("configs", "experiments")) {
      try (Stream<Path> below = Files.walk(HOME.resolve(root))) {
        below.filter(SmokeRunsTest::isExperiment).sorted().forEach(files::add);
      }
    }
    assertTrue(files.size() >= 3, () -> "only " + files + " found");
    return files.stream()
        .map(file -> DynamicTest.dynamicTest(HOME.relativize(file).toString(), () -> smoke(file)));
  }

  private static boolean isExperiment(Path file) {
    return file.toString().endsWith(".yaml")
        && Shipped.load(file).config() instanceof ExperimentConfig;
  }

  private void smoke(Path file) throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console = Console.of(new PrintWriter(out), new PrintWriter(err));
    List<String> arguments =
        new ArrayList<>(
            List.of("run", file.toString(), "--smoke", "--results", results.toString()));
    Shipped.sets(file).forEach(set -> arguments.addAll(List.of("--set", set)));
    int status = Main.run(console, arguments.toArray(new String[0]));
    assertEquals(ExitCode.OK, status, err::toString);
    assertTrue(out.toString().contains("floor α₀"), out::toString);

    String name = ConfigLoader.experiment(file, Shipped.sets(file)).config().name() + "-smoke";
    RunFolder run = RunFolder.of(results, name, "seed-1");
    assertTrue(new TraceFile(run.trace()).read().size() >= 3, "rows of " + run.trace());
    for (Path left :
        List.of(
            run.config(),
            run.provenance(),
            run.metrics(),
            run.checkpoint().resolve("state.safetensors"),
            run.student().resolve("student.safetensors"),
            run.path().resolve("angle.png"),
            run.path().resolve("angle.svg"))) {
      assertTrue(Files.size(left) > 0, () -> left + " is empty");
    }
    try (Stream<Path> left = Files.walk(run.path())) {
      assertFalse(left.anyMatch(it -> it.toString().endsWith(".tmp")));
    }
  }
}

package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gnomon.reproduce.Expectations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproduceCommandTest {
  @TempDir Path folder;

  private void write(String experiment, String... files) throws IOException {
    Path own = Files.createDirectories(folder.resolve(experiment));
    for (String file : files) {
      Files.writeString(own.resolve(file), "");
    }
  }

  @Test
  void onlyASuiteWithExpectationsCanBeReproduced() throws IOException {
    write("rq3", "suite.yaml", "expected.yaml");
    write("no-suite", "expected.yaml");
    write("rq1", "suite.yaml", "expected.yaml", "README.md");
    write("rq2", "suite.yaml");
    Files.writeString(folder.resolve("suite.yaml"), "");
    assertEquals(List.of("rq1", "rq3"), Expectations.below(folder));
    assertEquals(List.of(), Expectations.below(folder.resolve("nowhere")));
  }

  @Test
  void anUnknownExperimentIsToldWhichThereAre() {
    CapturedConsole captured = new CapturedConsole();
    assertEquals(ExitCode.BAD_INPUT, captured.run("reproduce", "nope"));
    List<String> known = Expectations.below(Path.of("experiments"));
    assertEquals(
        List.of(
            "gnomon: EXPERIMENT: expected a folder of experiments/ with suite.yaml and"
                + " expected.yaml, found 'nope'; "
                + ReproduceCommand.remedy(known)),
        captured.err().lines().toList());
  }

  @Test
  void theRemedyNamesThemOrSaysHowToMakeOne() {
    assertEquals("take rq1 or rq3", ReproduceCommand.remedy(List.of("rq1", "rq3")));
    assertEquals(
        "none has an expected.yaml yet, which 'gnomon bench experiments/ID/suite.yaml"
            + " --write-expected' writes of a finished suite",
        ReproduceCommand.remedy(List.of()));
  }
}

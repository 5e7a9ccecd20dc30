package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.trace.Measure;
import io.gnomon.trace.TraceFile;
import io.gnomon.trace.TraceRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose student goes on from another's. */
class StartedRunTest {
  @TempDir Path root;

  private CapturedConsole run(Workbench bench, int expected, String... sets) {
    CapturedConsole console = new CapturedConsole();
    String[] words = new String[3 + sets.length];
    words[0] = "run";
    words[1] = bench.path("x.yaml").toString();
    words[2] = "--results=" + bench.path("results");
    System.arraycopy(sets, 0, words, 3, sets.length);
    assertEquals(expected, console.run(words), console::err);
    return console;
  }

  private static List<TraceRow> rows(Workbench bench, String name) {
    return new TraceFile(bench.path("results/x/" + name + "/trace.jsonl")).read();
  }

  @Test
  void itBeginsWhereTheOtherEnded() throws IOException {
    Workbench bench = new Workbench(root);
    run(bench, ExitCode.OK);
    Path first = bench.path("results/x/seed-1");
    run(bench, ExitCode.OK, "--run-id=more", "--set=training.start=" + first);
    List<TraceRow> before = rows(bench, "seed-1");
    List<TraceRow> after = rows(bench, "more");
    TraceRow ended = before.get(before.size() - 1);
    assertEquals(ended.get(Measure.NORM_H), after.get(0).get(Measure.NORM_H));
    assertEquals(ended.get(Measure.ALPHA_TEXT), after.get(0).get(Measure.ALPHA_TEXT));
    String provenance = Files.readString(bench.path("results/x/more/provenance.json"));
    assertTrue(provenance.contains("\"start\""), provenance);
  }

  @Test
  void anotherStudentIsNoStart() throws IOException {
    Workbench bench = new Workbench(root);
    run(bench, ExitCode.OK);
    Path first = bench.path("results/x/seed-1");
    CapturedConsole console =
        run(
            bench,
            ExitCode.BAD_INPUT,
            "--run-id=more",
            "--set=student.hidden=16",
            "--set=training.start=" + first);
    assertTrue(
        console.err().contains("expected a student of the configuration's sizes and classes"),
        console.err());
    CapturedConsole none =
        run(bench, ExitCode.BAD_INPUT, "--run-id=more", "--set=training.start=" + root);
    assertTrue(none.err().contains("expected a run folder"), none.err());
  }
}

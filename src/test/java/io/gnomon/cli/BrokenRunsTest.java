package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gnomon.checkpoint.Aside;
import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.cli.Workbench.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What goes wrong with a run folder, from the disk it lies on to the files in it: one line of cause
 * with its remedy, and every file whole.
 */
class BrokenRunsTest {
  private static final String RUN = "run @/x.yaml --results @/results";
  private static final String AGAIN = RUN + " --run-id again";
  private static final String SEED_1 = "results/x/seed-1";
  private static final String EVALUATE = "evaluate @/results/x/seed-1";
  private static final String PLOT = "plot @/results/x/seed-1 -o @/picture";
  private static final String LEFT = "results/x/again/";
  private static final Path FULL = Path.of("/dev/full");

  @TempDir static Path root;
  private static Workbench bench;

  @BeforeAll
  static void runOnce() throws IOException {
    bench = new Workbench(root);
    CapturedConsole console = new CapturedConsole();
    assertEquals(ExitCode.OK, bench.run(console, List.of(RUN.split(" "))), console::err);
    bench.keep();
  }

  private static Stream<DynamicTest> tests(Refusal... refusals) {
    return Stream.of(refusals)
        .map(refusal -> DynamicTest.dynamicTest(refusal.name(), () -> bench.refuses(refusal)));
  }

  @TestFactory
  Stream<DynamicTest> folders() {
    return tests(
        new Refusal(
            "a second run",
            b -> {},
            RUN,
            "results/x/seed-1: expected a folder without a run, found one; add "
                + "--resume to go on with it, or --run-id NAME for a run beside it"),
        new Refusal(
            "another configuration",
            b -> {},
            RUN + " --resume --set training.steps=8",
            "results/x/seed-1/config.yaml: expected the configuration given, found "
                + "another (first difference: 'steps: 4' there, 'steps: 8' given); resume "
                + "with the configuration the run was begun with, or add --run-id NAME for a "
                + "run of its own"),
        new Refusal(
            "another teacher",
            b -> b.edit("teacher/config.json", "1000.0", "999.0"),
            RUN + " --resume",
            "results/x/seed-1/checkpoint/state.safetensors: expected a state of this "
                + "configuration and teacher, found one of another; give the configuration "
                + "it was made with, or start a run of its own with --run-id NAME"),
        new Refusal(
            "state cut short",
            b -> b.cut(SEED_1 + "/checkpoint/state.safetensors", 0.9),
            RUN + " --resume",
            "results/x/seed-1/checkpoint/state.safetensors: expected a whole state, "
                + "found a damaged one (truncated: expected * bytes, found *); restore the "
                + "file, or delete it and resume from the start"),
        new Refusal(
            "state of other names",
            b -> flip(b.path(SEED_1 + "/checkpoint/state.safetensors"), "weight.c", "weight.d"),
            RUN + " --resume",
            "results/x/seed-1/checkpoint/state.safetensors: expected a whole state, "
                + "found a damaged one (expected a tensor weight.c, found none (the nearest "
                + "are [weight.d, weight.start, weight.map.bias])); restore the file, or "
                + "delete it and resume from the start"),
        new Refusal(
            "state without a moment",
            b ->
                flip(
                    b.path(SEED_1 + "/checkpoint/state.safetensors"),
                    "optimizer.m.c",
                    "optimizer.m.d"),
            RUN + " --resume",
            "results/x/seed-1/checkpoint/state.safetensors: expected a whole state, "
                + "found a damaged one (optimizer state: expected 1 numbers in m.c, found "
                + "none); restore the file, or delete it and resume from the start"),
        new Refusal(
            "a row that is none",
            b -> b.edit(SEED_1 + "/trace.jsonl", "{\"step\":2,", "{\"step\":2"),
            RUN + " --resume",
            "results/x/seed-1/trace.jsonl:2: not a row of a trace: not JSON: *; mend "
                + "or delete the line"),
        new Refusal(
            "no trace beside the state",
            b -> Files.delete(b.path(SEED_1 + "/trace.jsonl")),
            RUN + " --resume",
            "results/x/seed-1/trace.jsonl: expected the rows up to step 4, which the "
                + "saved state is behind, found fewer; restore the file, or delete the state "
                + "and resume from the start"),
        new Refusal(
            "a trace that ends early",
            b -> b.cut(SEED_1 + "/trace.jsonl", 0.9),
            RUN + " --resume",
            "results/x/seed-1/trace.jsonl: expected the rows up to step 4, which the "
                + "saved state is behind, found fewer; restore the file, or delete the state "
                + "and resume from the start"),
        new Refusal(
            "a trace that is a folder",
            b -> {
              Files.delete(b.path(SEED_1 + "/trace.jsonl"));
              Files.createDirectory(b.path(SEED_1 + "/trace.jsonl"));
            },
            RUN + " --resume",
            "results/x/seed-1/trace.jsonl: cannot be read: Is a directory; check the "
                + "path and its disk"),
        new Refusal(
            "results below a file",
            b -> {},
            "run @/x.yaml --results @/reviews.csv/results",
            "reviews.csv/results/x/seed-1/.lock: cannot be written: a file stands "
                + "where a folder is needed; move it away or choose another folder"),
        new Refusal(
            "results in a file",
            b -> {},
            "run @/x.yaml --results @/reviews.csv",
            "reviews.csv/x/seed-1/.lock: cannot be written: a file stands where a "
                + "folder is needed; move it away or choose another folder"));
  }

  private static void flip(Path file, String name, String other) throws IOException {
    byte[] content = Files.readAllBytes(file);
    String latin = new String(content, StandardCharsets.ISO_8859_1);
    assertTrue(latin.contains("\"" + name + "\""));
    Files.write(
        file,
        latin
            .replace("\"" + name + "\"", "\"" + other + "\"")
            .getBytes(StandardCharsets.ISO_8859_1));
  }

  @TestFactory
  Stream<DynamicTest> pictures() {
    return tests(
        new Refusal(
            "no trace",
            b -> Files.delete(b.path(SEED_1 + "/trace.jsonl")),
            PLOT,
            "results/x/seed-1/trace.jsonl: no such trace; give the folder of a run "
                + "that gnomon run has written"),
        new Refusal(
            "one row",
            b ->
                Files.writeString(
                    b.path(SEED_1 + "/trace.jsonl"),
                    Files.readAllLines(b.path(SEED_1 + "/trace.jsonl")).get(0) + "\n"),
            PLOT,
            "results/x/seed-1/trace.jsonl: a curve needs at least 2 rows, found 1; let "
                + "the run go on, or lower trace.every"),
        new Refusal(
            "no run",
            b -> {},
            "plot @/teacher -o @/picture",
            "teacher/trace.jsonl: no such trace; give the folder of a run that gnomon "
                + "run has written"),
        new Refusal(
            "a file in the way",
            b -> {},
            "plot @/results/x/seed-1 -o @/x.yaml/p",
            "x.yaml/p.png: cannot be written: a file stands where a folder is needed; "
                + "move it away or choose another folder"));
  }

  @TestFactory
  Stream<DynamicTest> evaluations() {
    return tests(
        new Refusal(
            "no run",
            b -> {},
            "evaluate @/teacher",
            "teacher: expected a run folder (config.yaml, trace.jsonl, student/), "
                + "found none; give one that 'gnomon run' made, such as "
                + "results/quickstart/seed-1"),
        new Refusal(
            "unfinished",
            b -> AtomicFiles.delete(b.path(SEED_1 + "/student")),
            EVALUATE,
            "results/x/seed-1: expected a finished run with student/, found none; "
                + "finish it with 'gnomon run … --resume'"),
        new Refusal(
            "student cut short",
            b -> b.cut(SEED_1 + "/student/student.safetensors", 0.5),
            EVALUATE,
            "results/x/seed-1/student/student.safetensors: truncated: expected * "
                + "bytes, found *; copy or download the file again"),
        new Refusal(
            "student without its configuration",
            b -> Files.delete(b.path(SEED_1 + "/student/config.json")),
            EVALUATE,
            "results/x/seed-1: expected a finished run with student/, found none; "
                + "finish it with 'gnomon run … --resume'"),
        new Refusal(
            "other classes",
            b ->
                b.write(
                    "other.yaml",
                    """
                    name: other
                    prompt: {prefix: "film:", suffix: " this is"}
                    classes: {fine: [good], poor: [bad]}
                    data: {kind: table, path: "@/reviews.csv"}
                    """),
            EVALUATE + " --task @/other.yaml",
            "results/x/seed-1/student: expected a student of the classes [fine, poor], "
                + "found [positive, negative]; take a task with its own classes, in their order"),
        new Refusal(
            "a negative limit",
            b -> {},
            EVALUATE + " --limit=-1",
            "--limit: expected 0 or more, found -1; give 0 for all texts"),
        new Refusal(
            "no length",
            b -> {},
            EVALUATE + " --max-length=0",
            "--max-length: expected 1 or more, found 0; give 256"));
  }

  @TestFactory
  Stream<DynamicTest> fullDisks() {
    assumeTrue(Files.exists(FULL), "skipped: this system has no /dev/full");
    return tests(
        new Refusal(
            "configuration",
            b -> full(b, "config.yaml"),
            AGAIN,
            "results/x/again/config.yaml: cannot be written: no space left on device; "
                + "free some space or choose a folder on another disk"),
        new Refusal(
            "state",
            b -> full(b, "checkpoint/state.safetensors"),
            AGAIN,
            "results/x/again/checkpoint/state.safetensors: cannot be written: no space "
                + "left on device; free some space or choose a folder on another disk",
            LEFT + "config.yaml",
            LEFT + "provenance.json",
            LEFT + "trace.jsonl"),
        new Refusal(
            "student",
            b -> full(b, "student/student.safetensors"),
            AGAIN,
            "results/x/again/student/student.safetensors: cannot be written: no space "
                + "left on device; free some space or choose a folder on another disk",
            LEFT + "checkpoint",
            LEFT + "checkpoint/state.safetensors",
            LEFT + "config.yaml",
            LEFT + "provenance.json",
            LEFT + "trace.jsonl"),
        new Refusal(
            "metrics",
            b -> full(b, "metrics.json"),
            AGAIN,
            "results/x/again/metrics.json: cannot be written: no space left on device; "
                + "free some space or choose a folder on another disk",
            LEFT + "checkpoint",
            LEFT + "checkpoint/state.safetensors",
            LEFT + "config.yaml",
            LEFT + "provenance.json",
            LEFT + "student",
            LEFT + "student/config.json",
            LEFT + "student/student.safetensors",
            LEFT + "trace.jsonl"));
  }

  /** Lets the run named {@code again} write one of its files to the device that is always full. */
  private static void full(Workbench b, String name) throws IOException {
    Path aside = Aside.of(b.path("results/x/again/" + name));
    Files.createDirectories(aside.getParent());
    Files.createSymbolicLink(aside, FULL);
  }

  @Test
  void divergenceIsOneLineAsWell() throws IOException {
    bench.refuses(
        new Refusal(
            "divergence",
            b -> {},
            List.of(
                (AGAIN
                        + " --set optimizer.learning_rate=10 --set optimizer.warmup_steps=0"
                        + " --set optimizer.coefficient_rate=10000"
                        + " --set objective.coefficient.init=900")
                    .split(" ")),
            ExitCode.FAILURE,
            "step 2, batch 1: expected finite numbers, found loss NaN, gradient norm "
                + "*; not finite: no gradient; no parameter; nothing was updated and the "
                + "state behind step 1 is in results/x/again/checkpoint/state.safetensors; "
                + "lower optimizer.learning_rate or optimizer.coefficient_rate, or take "
                + "another objective",
            List.of(
                "results/x/again",
                LEFT + "checkpoint",
                LEFT + "checkpoint/state.safetensors",
                LEFT + "config.yaml",
                LEFT + "provenance.json",
                LEFT + "trace.jsonl")));
  }

  @Test
  void withRoomOnTheDiskTheRunGoesOn() throws IOException {
    assumeTrue(Files.exists(FULL), "skipped: this system has no /dev/full");
    full(bench, "student/student.safetensors");
    List<String> words = List.of(AGAIN.split(" "));
    assertEquals(ExitCode.BAD_INPUT, bench.run(new CapturedConsole(), words));
    CapturedConsole console = new CapturedConsole();
    assertEquals(
        ExitCode.OK, bench.run(console, List.of((AGAIN + " --resume").split(" "))), console::err);
    assertTrue(Files.size(bench.path(LEFT + "metrics.json")) > 0);
    bench.mend();
  }

  /** What a run leaves that is killed before its first row. */
  @Test
  void aConfigurationWithoutARunIsReplaced() throws IOException {
    bench.write(LEFT + "config.yaml", "name: other");
    CapturedConsole console = new CapturedConsole();
    assertEquals(ExitCode.OK, bench.run(console, List.of(AGAIN.split(" "))), console::err);
    assertTrue(Files.readString(bench.path(LEFT + "config.yaml")).startsWith("name: x\n"));
    bench.mend();
  }

  @Test
  void aFolderThatMayNotBeWrittenTo() throws IOException {
    assumeFalse(System.getProperty("user.name").equals("root"), "skipped: root may write anywhere");
    bench.refuses(
        new Refusal(
            "read-only",
            b -> assumeTrue(b.path("results").toFile().setWritable(false)),
            "run @/x.yaml --results @/results/here",
            "results/here/x/seed-1/.lock: cannot be written: the folder is not writable to this"
                + " user; change its permissions or choose another"));
  }

  /** As on a shared disk of models. */
  @Test
  void aReadOnlyTeacherIsReadAsAnyOther() throws IOException {
    for (String name : List.of("teacher/config.json", "teacher/model.safetensors", "teacher")) {
      assertTrue(bench.path(name).toFile().setReadOnly());
    }
    assertTrue(bench.path("teacher").toFile().setExecutable(true));
    SortedMap<String, String> before = bench.listing();
    CapturedConsole console = new CapturedConsole();
    String ask = "ask @/teacher film --device=cpu --precision=fp32";
    assertEquals(ExitCode.OK, bench.run(console, List.of(ask.split(" "))), console::err);
    assertEquals(before, bench.listing());
    assertTrue(bench.path("teacher").toFile().setWritable(true));
    bench.mend();
  }
}

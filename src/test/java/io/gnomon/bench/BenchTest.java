package io.gnomon.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.TinySuite;
import io.gnomon.bench.Bench.Outcome;
import io.gnomon.bench.Bench.Request;
import io.gnomon.bench.PlannedCell.Status;
import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.config.ConfigLoader;
import io.gnomon.config.InputException;
import io.gnomon.teacher.TeacherFolder;
import io.gnomon.trace.TraceFile;
import io.gnomon.trace.TraceRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
  private static final Request ALL = new Request(List.of(), false);
  private static final String TASK = "goemotions-binary/";

  private static final List<Figure> OF_ONE_LABEL =
      List.of(
          Figure.ACCURACY,
          Figure.MACRO_F1,
          Figure.AGREEMENT,
          Figure.AGREEMENT_FLOOR,
          Figure.ALPHA_TEXT,
          Figure.ALPHA_TEXT_FLOOR,
          Figure.ALPHA_NOISE,
          Figure.ALPHA_NOISE_FLOOR,
          Figure.AGREEMENT_NOISE);

  @TempDir Path folder;

  private Bench bench(Heard heard, String suite, String results) throws IOException {
    Path file = TinySuite.write(folder, suite);
    return new Bench(
        ConfigLoader.suite(file, List.of(), List.of()), folder.resolve(results), heard);
  }

  private Outcome run(Heard heard, String results) throws IOException {
    return bench(heard, TinySuite.SUITE, results).run(ALL);
  }

  private CellFolder cell(String results, String id) {
    return SuiteFolder.of(folder.resolve(results), "tiny").cell(TASK + id);
  }

  private CellRecord record(String results, String id) {
    return cell(results, id).read().orElseThrow();
  }

  private Map<Path, String> records(String results) throws IOException {
    Map<Path, String> records = new HashMap<>();
    try (Stream<Path> files = Files.walk(folder.resolve(results))) {
      for (Path file : files.filter(it -> it.endsWith("cell.json")).toList()) {
        records.put(file, Files.readString(file));
      }
    }
    return records;
  }

  @Test
  void aFinishedCellIsNeverRunAgain() throws IOException {
    Heard first = Heard.patient();
    assertEquals(new Outcome(6, 0, List.of(), 0), run(first, "a"));
    assertEquals(
        List.of(
            "[1/6] goemotions-binary/teacher/seed-1",
            "[2/6] goemotions-binary/constant/seed-1",
            "[3/6] goemotions-binary/uniform/seed-1",
            "[4/6] goemotions-binary/bursty+12/seed-1",
            "[5/6] goemotions-binary/uniform/seed-2",
            "[6/6] goemotions-binary/bursty+12/seed-2"),
        first.begun);
    Map<Path, String> before = records("a");
    assertEquals(6, before.size());

    // As a kill between record and tidying leaves it.
    Path late = cell("a", "bursty+12/seed-2").run().checkpoint().resolve("state.safetensors");
    AtomicFiles.writeString(late, "state");
    Heard second = Heard.patient();
    assertEquals(new Outcome(6, 0, List.of(), 0), run(second, "a"));
    assertEquals(List.of(), second.begun);
    assertEquals(before, records("a"));
    whatACellLeaves();
    whatItMeasures();
  }

  private void whatACellLeaves() throws IOException {
    CellFolder cell = cell("a", "bursty+12/seed-2");
    for (Path file : List.of(cell.record(), cell.predictions(), cell.run().trace())) {
      assertTrue(Files.size(file) > 0, file::toString);
    }
    assertFalse(cell.begun(), "the checkpoint of a finished cell stays");
    assertTrue(Files.exists(cell.run().student().resolve("student.safetensors")));
    assertTrue(Files.readString(cell.run().config()).startsWith("name: bursty-12\nseed: 2\n"));
    assertTrue(Files.exists(cell("a", "teacher/seed-1").run().config()));
    assertFalse(Files.exists(cell("a", "teacher/seed-2").path()));
    try (Stream<Path> left = Files.list(folder.resolve("a/tiny"))) {
      assertEquals(
          List.of("answers", "cells", "grid.txt", "suite.yaml"),
          left.map(it -> it.getFileName().toString()).sorted().toList());
    }
  }

  private void whatItMeasures() {
    CellRecord teacher = record("a", "teacher/seed-1");
    assertEquals(1, teacher.get(Figure.AGREEMENT).orElseThrow().value());
    assertEquals(0, teacher.get(Figure.ALPHA_TEXT).orElseThrow().value(), 1e-9);
    Costs costs = Objects.requireNonNull(teacher.costs());
    assertEquals(1_444_480, costs.parameters());
    assertTrue(costs.preparation() > 0 && costs.trainingSeconds() == 0);
    assertTrue(costs.millisecondsPerText().min() <= costs.millisecondsPerText().median());
    Long before = costs.memoryBefore();
    Long peak = costs.peakMemory();
    assertTrue(before == null || (peak != null && peak >= before));

    CellRecord constant = record("a", "constant/seed-1");
    ClassPredictions answers = ClassPredictions.read(cell("a", "constant/seed-1").predictions());
    assertEquals(60, answers.gold().length);
    long most = Stream.of(0, 1).mapToLong(k -> count(answers.gold(), k)).max().orElseThrow();
    assertEquals(most / 60.0, constant.get(Figure.ACCURACY).orElseThrow().value(), 1e-12);

    CellRecord student = record("a", "bursty+12/seed-2");
    Costs trained = Objects.requireNonNull(student.costs());
    assertEquals(60, trained.samples());
    assertEquals(8192 * 128, trained.sharedParameters());
    for (Figure figure : OF_ONE_LABEL) {
      assertTrue(student.get(figure).isPresent(), figure::key);
      assertTrue(constant.get(figure).isPresent() || figure.key().contains("noise"), figure::key);
    }
    assertEquals(
        teacher.get(Figure.ALPHA_TEXT_FLOOR), student.get(Figure.ALPHA_TEXT_FLOOR), "one teacher");
  }

  private static long count(int[] gold, int k) {
    return java.util.Arrays.stream(gold).filter(it -> it == k).count();
  }

  /** Broken off between cells and inside one, and gone on with: as if it never was. */
  @Test
  void goesOnWhereItStopped() throws IOException {
    run(Heard.patient(), "whole");
    assertEquals(new Outcome(2, 0, List.of(), 4), run(Heard.forCells(2), "broken"));
    Outcome inside = run(Heard.forSteps(5), "broken");
    assertEquals(new Outcome(2, 0, List.of(), 4), inside);
    assertTrue(cell("broken", "uniform/seed-1").begun());
    Path sittings = cell("broken", "uniform/seed-1").sittings();
    String hours = Files.readString(sittings).replaceFirst("(\"seconds\" : )[^\n]*", "$17919.0");
    Files.writeString(sittings, hours);
    Heard last = Heard.patient();
    assertEquals(
        Status.BEGUN, bench(Heard.patient(), TinySuite.SUITE, "broken").plan(ALL).get(2).status());
    assertEquals(new Outcome(6, 0, List.of(), 0), run(last, "broken"));
    assertTrue(last.notes.contains("resuming behind step 5"), last.notes::toString);
    assertEquals("[3/6] goemotions-binary/uniform/seed-1", last.begun.get(0));
    assertTrue(record("broken", "uniform/seed-1").machine().seconds() > 7919, "all its sittings");
    assertFalse(Files.exists(sittings));
    for (String id : List.of("uniform/seed-1", "bursty+12/seed-2", "teacher/seed-1")) {
      assertArrayEquals(
          Files.readAllBytes(cell("whole", id).predictions()),
          Files.readAllBytes(cell("broken", id).predictions()),
          id);
      assertEquals(record("whole", id).figures(), record("broken", id).figures(), id);
      assertEquals(record("whole", id).fingerprint(), record("broken", id).fingerprint(), id);
    }
    List<TraceRow> whole = new TraceFile(cell("whole", "uniform/seed-1").run().trace()).read();
    List<TraceRow> broken = new TraceFile(cell("broken", "uniform/seed-1").run().trace()).read();
    assertEquals(whole.size(), broken.size());
    for (int i = 0; i < whole.size(); i++) {
      assertTrue(whole.get(i).sameExceptSpeed(broken.get(i)), "row " + i);
    }
  }

  /** Two students under one sampler: whoever comes second asks the teacher for the rest alone. */
  @Test
  void whatOthersHadAskedIsNoCostThatIsHidden() throws IOException {
    String suite =
        TinySuite.SUITE.replace("[1, 2]", "[1]")
            + "  longer: {kind: projection, set: {training.steps: 17,"
            + " sampler: {kind: uniform, length: {min: 3, max: 7}}}}\n";
    Request both = new Request(List.of("*/uniform/*", "*/longer/*"), false);
    keeping(suite, Heard.forSteps(5)).run(both);
    assertEquals(new Outcome(2, 0, List.of(), 0), keeping(suite, Heard.patient()).run(both));
    assertEquals(new Costs.AnswersKept(0, 12), costs("uniform/seed-1").answersKept());
    assertEquals(new Costs.AnswersKept(12, 17), costs("longer/seed-1").answersKept());
    Request teacher = new Request(List.of("*/teacher/*"), false);
    keeping(suite, Heard.patient()).run(teacher);
    assertEquals(null, costs("teacher/seed-1").answersKept());
  }

  private Bench keeping(String suite, Heard heard) throws IOException {
    Path file = TinySuite.write(folder, suite);
    Path base = folder.resolve("base.yaml");
    Files.writeString(
        base, Files.readString(base).replace("precision: fp32", "precision: fp32, answers: keep"));
    return new Bench(ConfigLoader.suite(file, List.of(), List.of()), folder.resolve("kept"), heard);
  }

  private Costs costs(String id) {
    return Objects.requireNonNull(record("kept", id).costs());
  }

  @Test
  void aFailureIsWrittenDownAndTheOthersGoOn() throws IOException {
    Path hollow = Files.createDirectories(folder.resolve("hollow"));
    Files.writeString(hollow.resolve("config.json"), "{}");
    String suite =
        TinySuite.SUITE.replace("[1, 2]", "[1]")
            + "  hollow: {kind: projection, set: {student.from_checkpoint: \""
            + hollow
            + "\"}}\n";
    Heard heard = Heard.patient();
    Outcome outcome = bench(heard, suite, "a").run(ALL);
    assertEquals(new Outcome(4, 1, List.of(), 0), outcome);
    CellRecord failed = record("a", "hollow/seed-1");
    assertTrue(failed.failed());
    String cause = Objects.requireNonNull(failed.cause());
    assertTrue(cause.startsWith(hollow.toString()) && cause.lines().count() == 1, cause);
    assertEquals(failed, heard.ended.get(4));
    retried(suite, hollow);
    // What is mended is tried again without being asked for.
    assertEquals(Status.FAILED, bench(heard, suite, "a").plan(ALL).get(4).status());
    String mended = suite.replaceFirst("set: \\{student.from_checkpoint[^}]*}", "set: {}");
    assertEquals(new Outcome(5, 0, List.of(), 0), bench(heard, mended, "a").run(ALL));
  }

  /** What it left stays, but for --redo; other weights to start from are another cell. */
  private void retried(String suite, Path hollow) throws IOException {
    List<String> one = List.of("*/hollow/*");
    Path left = Files.writeString(cell("a", "hollow/seed-1").path().resolve("left"), "");
    bench(Heard.patient(), suite, "a").run(new Request(one, false));
    assertTrue(Files.exists(left));
    bench(Heard.patient(), suite, "a").run(new Request(one, true));
    assertFalse(Files.exists(left));
    Request again = new Request(one, false);
    assertEquals(null, bench(Heard.patient(), suite, "a").plan(again).get(0).difference());
    Path weights = Files.writeString(hollow.resolve("model.safetensors"), "other");
    assertEquals("teacher", bench(Heard.patient(), suite, "a").plan(again).get(0).difference());
    Files.delete(weights);
  }

  /** Killed behind its first row, before any state was saved, and then told otherwise. */
  @Test
  void unfinishedWorkOfOtherSettingsIsBegunAnew() throws IOException {
    Request one = new Request(List.of("*/bursty+12/seed-1"), false);
    bench(Heard.forSteps(5), TinySuite.SUITE, "a").run(one);
    AtomicFiles.delete(cell("a", "bursty+12/seed-1").run().checkpoint());
    String longer = TinySuite.SUITE.replace("training.steps: 12", "training.steps: 13");
    Heard heard = Heard.patient();
    PlannedCell planned = bench(heard, longer, "a").plan(one).get(0);
    assertEquals(Status.TO_DO, planned.status());
    assertEquals("settings", planned.difference());
    assertEquals(new Outcome(1, 0, List.of(), 0), bench(heard, longer, "a").run(one));
    assertTrue(heard.notes.contains("begun anew: made with other settings"), heard.notes::toString);
    assertEquals(65, Objects.requireNonNull(record("a", "bursty+12/seed-1").costs()).samples());
  }

  /** A copy of the embedded teacher, which may be changed. */
  private Path teacher() throws IOException {
    Path copy = Files.createDirectories(folder.resolve("teacher"));
    Path pocket = TeacherFolder.resolve("embedded:pocket");
    for (String file : List.of("config.json", "tokenizer.json", "model.safetensors")) {
      Files.copy(pocket.resolve(file), copy.resolve(file));
    }
    return copy;
  }

  private Bench bench(Heard heard, String suite, Path teacher) throws IOException {
    Path file = TinySuite.write(folder, suite);
    String base = TinySuite.BASE.replace("embedded:pocket", teacher.toString());
    Files.writeString(folder.resolve("base.yaml"), base);
    return new Bench(ConfigLoader.suite(file, List.of(), List.of()), folder.resolve("a"), heard);
  }

  private static void change(Path teacher) throws IOException {
    Path config = teacher.resolve("config.json");
    Files.writeString(config, Files.readString(config) + "\n");
  }

  @Test
  void unfinishedWorkOfAnotherTeacherIsBegunAnew() throws IOException {
    Request one = new Request(List.of("*/uniform/seed-1"), false);
    Path teacher = teacher();
    bench(Heard.forSteps(5), TinySuite.SUITE, teacher).run(one);
    assertTrue(cell("a", "uniform/seed-1").begun());
    change(teacher);
    Heard heard = Heard.patient();
    assertEquals(new Outcome(1, 0, List.of(), 0), bench(heard, TinySuite.SUITE, teacher).run(one));
    assertTrue(heard.notes.contains("begun anew: made with other teacher"), heard.notes::toString);
    assertFalse(Files.exists(cell("a", "uniform/seed-1").path().resolve("begun.json")));
  }

  @Test
  void anotherTeacherIsSeenWithoutTheTexts() throws IOException {
    Request one = new Request(List.of("*/constant/*"), false);
    Path teacher = teacher();
    Path texts = TinySuite.emotions(folder);
    String suite =
        TinySuite.SUITE.replace(
            "{kind: table, path: \"embedded:goemotions-slice.tsv\"}",
            "{kind: goemotions, path: \"" + texts + "\"}");
    bench(Heard.patient(), suite, teacher).run(one);
    Bench same = bench(Heard.patient(), suite, teacher);
    Bench other = bench(Heard.patient(), suite, teacher);
    AtomicFiles.delete(texts);
    assertEquals(Status.FINISHED, same.plan(one).get(0).status());
    change(teacher);
    assertEquals("teacher", other.plan(one).get(0).difference());
  }

  @Test
  void whatWasMadeOtherwiseIsNamedAndLeftAlone() throws IOException {
    Request one = new Request(List.of("*/bursty+12/seed-1", "*/teacher/*"), false);
    assertEquals(
        new Outcome(2, 0, List.of(), 0), bench(Heard.patient(), TinySuite.SUITE, "a").run(one));
    String before = Files.readString(cell("a", "bursty+12/seed-1").record());

    String longer = TinySuite.SUITE.replace("training.steps: 12", "training.steps: 13");
    Outcome outcome = bench(Heard.patient(), longer, "a").run(one);
    assertEquals(1, outcome.finished(), "the teacher does not depend on a student's steps");
    assertEquals(1, outcome.differing().size());
    PlannedCell differing = outcome.differing().get(0);
    assertEquals(TASK + "bursty+12/seed-1", differing.cell().id());
    assertEquals("settings", differing.difference());
    assertEquals(before, Files.readString(cell("a", "bursty+12/seed-1").record()));

    Outcome redone = bench(Heard.patient(), longer, "a").run(new Request(one.cells(), true));
    assertEquals(new Outcome(2, 0, List.of(), 0), redone);
    assertNotEquals(before, Files.readString(cell("a", "bursty+12/seed-1").record()));
    assertEquals(65, Objects.requireNonNull(record("a", "bursty+12/seed-1").costs()).samples());
  }

  @Test
  void threadsAreNoDifferenceAndTextsAre() throws IOException {
    Request teacher = new Request(List.of("*/teacher/*"), false);
    bench(Heard.patient(), TinySuite.SUITE, "a").run(teacher);
    String fewer = TinySuite.SUITE.replace("test: 60", "test: 50");
    assertEquals(Status.DIFFERS, bench(Heard.patient(), fewer, "a").plan(teacher).get(0).status());
    Path file = TinySuite.write(folder);
    Path base = folder.resolve("base.yaml");
    Files.writeString(base, Files.readString(base).replace("threads: 1", "threads: 2"));
    Bench other =
        new Bench(
            ConfigLoader.suite(file, List.of(), List.of()), folder.resolve("a"), Heard.patient());
    assertEquals(Status.FINISHED, other.plan(teacher).get(0).status());
  }

  @Test
  void thePlanKnowsWhatAnotherSeedTook() throws IOException {
    bench(Heard.patient(), TinySuite.SUITE, "a")
        .run(new Request(List.of("*/uniform/seed-1"), false));
    List<PlannedCell> plan = bench(Heard.patient(), TinySuite.SUITE, "a").plan(ALL);
    assertEquals(
        List.of(
            Status.TO_DO, Status.TO_DO, Status.FINISHED, Status.TO_DO, Status.TO_DO, Status.TO_DO),
        plan.stream().map(PlannedCell::status).toList());
    assertTrue(Objects.requireNonNull(plan.get(4).seconds()) > 0);
    assertEquals(null, plan.get(5).seconds());
    aDamagedRecordCountsAsNone("<<<<<<< HEAD");
    aDamagedRecordCountsAsNone("{}");
  }

  private void aDamagedRecordCountsAsNone(String text) throws IOException {
    Files.writeString(cell("a", "uniform/seed-1").record(), text);
    Heard heard = Heard.patient();
    List<PlannedCell> plan = bench(heard, TinySuite.SUITE, "a").plan(ALL);
    assertEquals(Status.TO_DO, plan.get(2).status());
    assertEquals(null, plan.get(4).seconds());
    assertEquals(1, heard.notes.size(), heard.notes::toString);
    assertTrue(heard.notes.get(0).endsWith("; the cell counts as not run"), heard.notes.get(0));
    Request one = new Request(List.of("*/uniform/seed-1"), false);
    assertEquals(new Outcome(1, 0, List.of(), 0), bench(heard, TinySuite.SUITE, "a").run(one));
    assertTrue(heard.notes.contains("begun anew: damaged record"), heard.notes::toString);
  }

  @Test
  void whatCannotBeRunIsRefusedAtOnce() throws IOException {
    InputException pattern =
        assertThrows(
            InputException.class,
            () ->
                bench(Heard.patient(), TinySuite.SUITE, "a")
                    .run(new Request(List.of("imdb/*"), false)));
    assertEquals(
        "--cell imdb/*: expected a pattern that fits a cell, found none that it fits; they are"
            + " named goemotions-binary/bursty+12/seed-1, goemotions-binary/constant/seed-1,"
            + " goemotions-binary/teacher/seed-1 and so on",
        pattern.getMessage());
    assertFalse(Files.exists(folder.resolve("a")));
  }
}

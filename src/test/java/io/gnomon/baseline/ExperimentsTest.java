package io.gnomon.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.Messages;
import io.gnomon.baseline.Films.Listener;
import io.gnomon.config.ConfigLoader;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.TextConfig;
import io.gnomon.experiment.Experiment;
import io.gnomon.experiment.RunFolder;
import io.gnomon.trace.Measure;
import io.gnomon.trace.TraceFile;
import io.gnomon.trace.TraceRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs on text: they leave what a projection leaves, resume as one does, and learn. */
class ExperimentsTest {
  private static final String FILMS = ", data: {kind: table, path: @/train.csv}, max_length: 19}";

  private static final String GOLD = "{kind: labelled, labels: gold" + FILMS;

  private static final String TEACHER = "{kind: labelled, labels: teacher" + FILMS;

  private static final String GENERATED = "{kind: generated, texts: 70, max_length: 7}";

  @TempDir Path folder;

  @BeforeEach
  void films() throws IOException {
    Films.write(folder, 60);
  }

  private RunFolder run(String name) {
    return RunFolder.of(folder, "runs", name);
  }

  private Experiment.Result run(String name, ExperimentConfig config, Listener listener) {
    Path answers = folder.resolve("answers");
    return Experiments.of(config, run(name), answers, listener).run(true);
  }

  private Experiment.Result run(String name, ExperimentConfig config) {
    return run(name, config, new Listener(Long.MAX_VALUE));
  }

  @Test
  void goldLabelsAreLearned() throws IOException {
    ExperimentConfig config =
        Films.config(folder, GOLD, "training={steps: 150, batch_size: 16}", "trace.every=150");
    Experiment.Result result = run("direct", config);
    TraceRow last = result.rows().get(1);
    assertTrue(value(last, Measure.ACCURACY_TEXT) > 0.9, last::toString);
    assertTrue(value(last, Measure.LOSS) < 0.4, last::toString);
    // both sides sum to one
    assertEquals(1, value(last, Measure.C), 0.1);
    assertEquals(150 * 16L, result.metrics().get("samples"));
    assertTrue(seconds(result.metrics(), "preparation_seconds") >= 0);
    assertFalse(result.metrics().containsKey("labelling_seconds"));
    JsonNode text = provenance("direct").path("text");
    assertEquals("train.csv", text.path("name").asString());
    assertEquals(60, text.path("rows").asInt());
    assertEquals("gold", text.path("labels").asString());
    assertEquals(64, text.path("sha256").asString().length());
  }

  private static double seconds(Map<String, Object> metrics, String cost) {
    return (double) Objects.requireNonNull(metrics.get(cost));
  }

  private static double value(TraceRow row, Measure measure) {
    return row.get(measure).orElseThrow();
  }

  private JsonNode provenance(String name) throws IOException {
    return JsonMapper.shared().readTree(Files.readString(run(name).provenance()));
  }

  @ParameterizedTest
  @ValueSource(strings = {GOLD, TEACHER, GENERATED})
  void aResumedRunRepeatsAnUnbrokenOne(String text) throws IOException {
    ExperimentConfig config = Films.config(folder, text);
    assertTrue(run("unbroken", config).finished());
    Experiment.Result stopped = run("broken", config, new Listener(4));
    assertEquals(4, stopped.step());
    assertTrue(run("broken", config).finished());
    List<TraceRow> unbroken = new TraceFile(run("unbroken").trace()).read();
    List<TraceRow> resumed = new TraceFile(run("broken").trace()).read();
    assertEquals(6, unbroken.size());
    for (int i = 0; i < 6; i++) {
      assertTrue(unbroken.get(i).sameExceptSpeed(resumed.get(i)), "row " + i);
    }
    assertArrayEquals(
        Files.readAllBytes(run("unbroken").student().resolve("student.safetensors")),
        Files.readAllBytes(run("broken").student().resolve("student.safetensors")));
    // a run folder's configuration is one that runs again
    assertEquals(
        Files.readString(run("broken").config()), Files.readString(run("unbroken").config()));
    assertTrue(ConfigLoader.experiment(run("broken").config(), List.of()).config().text() != null);
  }

  @Test
  void aTeachersAnswersAreAskedOnceForAllSeeds() {
    Listener first = new Listener(Long.MAX_VALUE);
    Listener second = new Listener(Long.MAX_VALUE);
    Map<String, Object> one =
        run("one", Films.config(folder, TEACHER, "teacher.answers=keep"), first).metrics();
    Map<String, Object> two =
        run("two", Films.config(folder, TEACHER, "teacher.answers=keep", "seed=2"), second)
            .metrics();
    assertTrue(first.notes.contains("the teacher is asked about 60 texts"), first.notes::toString);
    assertFalse(second.notes.contains("the teacher is asked about 60 texts"));
    assertTrue(seconds(one, "labelling_seconds") > 0);
    assertEquals(one.get("labelling_seconds"), two.get("labelling_seconds"));
    assertTrue(
        first.notes.contains(
            "this run reads text: train.csv, 60 texts, under the teacher's answers"),
        first.notes::toString);
  }

  @Test
  void whatTheTeacherWroteIsWrittenOnceAndGoneOnFrom() throws IOException {
    String keep = "teacher.answers=keep";
    Map<String, Object> small = run("small", Films.config(folder, GENERATED, keep)).metrics();
    List<String> before = Files.readAllLines(written());
    assertEquals(128, before.size());
    Listener listener = new Listener(Long.MAX_VALUE);
    Map<String, Object> same =
        run("same", Films.config(folder, GENERATED, keep, "student.hidden=32"), listener).metrics();
    assertTrue(listener.notes.stream().noneMatch(note -> note.startsWith("the teacher writes")));
    for (String cost : List.of("generation_seconds", "labelling_seconds")) {
      assertTrue(seconds(small, cost) > 0, cost);
      assertEquals(small.get(cost), same.get(cost));
    }
    run("large", Films.config(folder, GENERATED.replace("70", "140"), keep));
    List<String> after = Files.readAllLines(written());
    assertEquals(before, after.subList(0, 128));
    assertTrue(after.size() >= 192);
    JsonNode text = provenance("large").path("text");
    assertEquals(140, text.path("rows").asInt());
    assertEquals(
        "Is the sentiment of this comment positive or negative?\n",
        text.path("prompts").path(0).asString());
  }

  private Path written() throws IOException {
    try (Stream<Path> found = Files.walk(folder.resolve("answers"))) {
      return found.filter(file -> file.endsWith("texts.jsonl")).findFirst().orElseThrow();
    }
  }

  @Test
  void anotherModelMayWrite() throws IOException {
    String keep = "teacher.answers=keep";
    run("own", Films.config(folder, GENERATED, keep));
    List<String> own = Files.readAllLines(written());
    String other = GENERATED.replace("}", ", writer: \"embedded:pocket\"}");
    Listener listener = new Listener(Long.MAX_VALUE);
    run("other", Films.config(folder, other, keep), listener);
    assertTrue(
        listener.notes.stream().anyMatch(note -> note.startsWith("embedded:pocket writes 70")),
        listener.notes.toString());
    assertEquals(
        "written by embedded:pocket", provenance("other").path("text").path("name").asString());
    // the same model, so the same texts, in a folder of their own
    Path moved = folder.resolve("first");
    Files.move(written().getParent(), moved);
    List<String> others =
        Files.readAllLines(written()).stream()
            .map(line -> line.replaceAll("\"seconds\":[^,}]*", ""))
            .toList();
    assertEquals(
        own.stream().map(line -> line.replaceAll("\"seconds\":[^,}]*", "")).toList(), others);
  }

  @Test
  void aRunStoppedBeforeItsTextIsReadyGoesOnLater() {
    ExperimentConfig config = Films.config(folder, GENERATED);
    Experiment.Result stopped = run("early", config, new Listener(0));
    assertFalse(stopped.finished());
    assertEquals(0, stopped.step());
    assertTrue(run("early", config).finished());
  }

  @Test
  void otherTextUnderTheSameNameIsNotGoneOnWith() throws IOException {
    ExperimentConfig config = Films.config(folder, GOLD);
    run("run", config, new Listener(4));
    Files.writeString(
        folder.resolve("train.csv"), "text,label\nan odd film,negative\na film,positive\n");
    String message = Messages.of(InputException.class, () -> run("run", config));
    assertTrue(message.contains("found one of another"), message);
  }

  @Test
  void noProjectionIsGivenTextAndNoRunOnTextIsAProjection() {
    ExperimentConfig reads = Films.config(folder, GOLD);
    ExperimentConfig projects = Films.config(folder, "");
    Path answers = folder.resolve("answers");
    Listener listener = new Listener(0);
    assertThrows(
        IllegalArgumentException.class, () -> new Experiment(reads, run("x"), answers, listener));
    TextConfig.Labelled named = (TextConfig.Labelled) Objects.requireNonNull(reads.text());
    LabelledSource text = new LabelledSource(reads, named, null);
    assertThrows(
        IllegalArgumentException.class,
        () -> new Experiment(projects, run("x"), answers, listener, text));
  }
}

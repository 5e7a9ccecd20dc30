package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import io.gnomon.TinyTeacher;
import io.gnomon.cli.Workbench.Refusal;
import io.gnomon.config.CalibrationConfig;
import io.gnomon.config.TaskConfig;
import io.gnomon.config.TaskConfig.Score;
import io.gnomon.teacher.LanguageModel;
import io.gnomon.teacher.Teacher;
import io.gnomon.teacher.TokenBatch;
import io.gnomon.tensor.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code gnomon evaluate --teacher}: a teacher by itself. */
class EvaluateTeacherTest {
  private static final String EVALUATE =
      "evaluate --teacher @/teacher --task @/tiny.yaml --device=cpu --precision=fp32";
  private static final List<String> TEXTS = List.of("a good film", "a bad film", "a dull one");
  private static final List<Integer> GOLD = List.of(0, 1, 1);

  /** Probabilities in float32 whose sums may run in another order. */
  private static final double FLOAT = 1e-5;

  @TempDir static Path root;
  private static Workbench bench;

  @BeforeAll
  static void lay() throws IOException {
    bench = new Workbench(root);
    String task =
        """
        name: %s
        prompt: {prefix: "film:", suffix: " this is"}
        classes: {positive: [good, great], negative: [bad, awful, dull]}
        calibration: %s
        data: {kind: table, path: "@/reviews.csv", licence: none}
        """;
    bench.write("tiny.yaml", task.formatted("tiny", "none"));
    bench.write("own.yaml", task.formatted("own", "{kind: contextual, text: a film}"));
    bench.write("few.yaml", "kind: tokens\nlength: {min: 3, max: 7}\n");
    bench.keep();
  }

  @Test
  void everyCalibrationIsScoredFromOnePass() throws IOException {
    CapturedConsole console = new CapturedConsole();
    int status =
        bench.run(
            console,
            List.of(
                (EVALUATE
                        + " --calibration none,contextual,contextual:a,b --calibration sampler:67"
                        + " --sampler @/few.yaml --json @/out.json")
                    .split(" ")));
    assertEquals(ExitCode.OK, status, console::err);
    String text = Files.readString(bench.path("out.json"));
    assertFalse(text.contains(root.toString()), text);
    JsonNode json = JsonMapper.shared().readTree(text);
    assertEquals("teacher", json.at("/teacher").asString());
    assertEquals(64, json.at("/sha256").asString().length());
    assertEquals("kind: tokens", json.at("/sampler/0").asString());
    JsonNode task = json.at("/tasks/0");
    assertEquals(
        List.of("task", "split", "rows", "max_length", "calibrations"),
        List.copyOf(task.propertyNames()));
    assertEquals(3, task.at("/rows").asInt());
    List<String> names = List.of("none", "contextual:N/A", "contextual:a,b", "sampler:67");
    for (int i = 0; i < names.size(); i++) {
      assertEquals(names.get(i), task.at("/calibrations/" + i + "/calibration").asString());
    }
    assertScores(new CalibrationConfig.None(), task.at("/calibrations/0/scores"));
    assertScores(new CalibrationConfig.Contextual("N/A"), task.at("/calibrations/1/scores"));
    assertScores(new CalibrationConfig.Contextual("a,b"), task.at("/calibrations/2/scores"));
    assertFalse(task.at("/calibrations/0").has("prior"));
    JsonNode prior = task.at("/calibrations/3/prior");
    assertEquals(1, prior.get("positive").asDouble() + prior.get("negative").asDouble(), FLOAT);
    Files.delete(bench.path("out.json"));
  }

  /** Against the same teacher under a task that is calibrated from the start. */
  private static void assertScores(CalibrationConfig calibration, JsonNode scores) {
    TaskConfig task = TinyTeacher.task(Score.MAX, calibration, 1, " this is");
    try (LanguageModel model =
            LanguageModel.load(bench.path("teacher").toString(), Precision.FP32, Device.cpu());
        Teacher teacher = Teacher.of(model, task)) {
      float[][] g =
          teacher.probabilities(
              TokenBatch.of(TEXTS.stream().map(model.tokenizer()::encode).toList()));
      double largest = 0;
      int right = 0;
      int positive = 0;
      for (int row = 0; row < g.length; row++) {
        largest += Math.max(g[row][0], g[row][1]) / g.length;
        int answered = g[row][0] >= g[row][1] ? 0 : 1;
        right += answered == GOLD.get(row) ? 1 : 0;
        positive += 1 - answered;
      }
      assertEquals(largest, scores.at("/mean_largest").asDouble(), FLOAT, Arrays.deepToString(g));
      assertEquals(right / 3.0, scores.at("/accuracy/value").asDouble(), FLOAT);
      assertEquals(positive / 3.0, scores.at("/per_class/0/answered_share").asDouble(), FLOAT);
    }
  }

  @Test
  void severalTasksEachUnderItsOwnCalibration() {
    CapturedConsole console = new CapturedConsole();
    int status =
        bench.run(console, List.of((EVALUATE + " --task @/own.yaml --max-length 2").split(" ")));
    assertEquals(ExitCode.OK, status, console::err);
    List<String> out = console.out().lines().toList();
    assertEquals("teacher teacher (llama, fp32 on cpu)", out.get(0));
    assertEquals("tiny, test: 3 texts of at most 2 tokens", out.get(2));
    assertTrue(
        out.get(3).startsWith("  calibration  accuracy                 macro-F1"), console::out);
    assertTrue(out.get(4).startsWith("  none   "), console::out);
    assertTrue(out.stream().anyMatch(line -> line.startsWith("own, test: ")), console::out);
    assertTrue(
        out.stream().anyMatch(line -> line.matches("  contextual:a film  negative +66\\.7% .*")),
        console::out);
    List<String> err = console.err().lines().toList();
    assertTrue(err.contains("tiny: answering 3 texts"), console::err);
    assertTrue(
        err.stream().anyMatch(line -> line.matches("own: answered 3 of 3 texts, .* a second")),
        console::err);
  }

  @Test
  void aShippedTeacherGoesByItsName() {
    CapturedConsole console = new CapturedConsole();
    int status =
        console.run(
            "evaluate",
            "--teacher=teachers/pocket",
            "--task=tasks/goemotions-binary",
            "--set=data={kind: table, path: \"embedded:goemotions-slice.tsv\"}",
            "--limit=31",
            "--max-length=23");
    assertEquals(ExitCode.OK, status, console::err);
    assertTrue(console.out().startsWith("teacher embedded:pocket (llama, fp32 on "), console::out);
    assertTrue(
        console.out().contains("goemotions-binary, test: 31 texts of at most 23 tokens"),
        console::out);
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    String alone = "evaluate --teacher @/teacher";
    return Stream.of(
            refusal(
                "neither run nor teacher",
                "evaluate",
                "expected either RUN or --teacher, found neither; give one, as gnomon evaluate"
                    + " --teacher teachers/pocket --task tasks/imdb"),
            refusal(
                "both",
                EVALUATE + " @/results",
                "expected either RUN or --teacher, found both; give one, as gnomon evaluate"
                    + " --teacher teachers/pocket --task tasks/imdb"),
            refusal(
                "no task",
                alone,
                "--task: expected at least one beside --teacher, found none; give one, as --task"
                    + " tasks/imdb"),
            refusal(
                "keys of no task",
                alone + " --set score=max",
                "--set: expected --task, whose keys it overrides, found none; give --task"),
            refusal(
                "several tasks of a run",
                "evaluate @/results --task @/tiny.yaml --task @/own.yaml",
                "--task: expected at most one beside RUN, found 2; evaluate one after the other"),
            refusal(
                "a teacher's option of a run",
                "evaluate @/results --device cpu",
                "--device: expected --teacher, whose option it is, found RUN; leave it out, for the"
                    + " run's configuration decides"),
            refusal(
                "no such calibration",
                EVALUATE + " --calibration none,context",
                "--calibration: expected none, contextual, contextual:TEXT, sampler or"
                    + " sampler:SAMPLES (1 to 999999), separated by commas, found 'none,context';"
                    + " give one of them, as --calibration none,contextual"),
            refusal(
                "a calibration on no text",
                EVALUATE + " --calibration contextual:",
                "task.calibration.text: expected a text of at least one token, found ''*"),
            refusal(
                "a sampler that nothing draws from",
                EVALUATE + " --sampler @/few.yaml",
                "--sampler: expected a calibration that draws from it, found none; add"
                    + " --calibration sampler"),
            refusal(
                "no such sampler",
                EVALUATE + " --calibration sampler --sampler samplers/burst",
                "--sampler samplers/burst: no part 'samplers/burst'; allowed: *; did you mean"
                    + " 'samplers/bursty'?"),
            refusal(
                "no such teacher",
                "evaluate --teacher teachers/poket --task @/tiny.yaml",
                "--teacher teachers/poket: no part 'teachers/poket'; allowed: teachers/pocket,"
                    + " teachers/tagger; did"
                    + " you mean 'teachers/pocket'?"),
            new Refusal(
                "a task without a set",
                b -> b.edit("own.yaml", "data: {kind: table", "# {kind: table"),
                EVALUATE + " --task @/own.yaml",
                "task own: expected data to say which labelled set, found none; add data: to the"
                    + " task"),
            new Refusal(
                "answers that are no numbers",
                b -> b.fillEnd("teacher/model.safetensors", 4096),
                EVALUATE,
                "teacher: expected finite probabilities, found others on task tiny; try precision"
                    + " fp32, then another copy of the weights"))
        .map(refusal -> DynamicTest.dynamicTest(refusal.name(), () -> bench.refuses(refusal)));
  }

  private static Refusal refusal(String name, String command, String line) {
    return new Refusal(name, b -> {}, command, line);
  }
}

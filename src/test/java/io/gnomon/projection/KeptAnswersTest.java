package io.gnomon.projection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.TinyTeacher;
import io.gnomon.answer.AnswerKey;
import io.gnomon.answer.AnswerTable;
import io.gnomon.answer.Answers;
import io.gnomon.answer.KeptAnswers;
import io.gnomon.answer.Shard;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.StudentConfig;
import io.gnomon.config.StudentConfig.Roberta;
import io.gnomon.geometry.StatisticsBackend;
import io.gnomon.projection.TinyProjection.Listener;
import io.gnomon.tensor.Devices;
import io.gnomon.tensor.Precision;
import io.gnomon.trace.TraceRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A projection on kept answers, beside one whose teacher is asked; calls are counted. */
class KeptAnswersTest {
  private static final int STEPS = 13;
  private static final int PROBES = 2; // 67 samples in batches of 64

  @TempDir Path folder;
  private Path teacher;
  private int calls;
  private long askedAbout; // batches of training that the run asked about, over its sittings
  private String root = "answers";

  @BeforeEach
  void writeTeacher() throws IOException {
    StatisticsBackend.load(); // or it would set the threads later, and with them roundings
    Devices.threads(1); // arrays so small gain nothing from a second
    teacher = TinyTeacher.write(Files.createDirectories(folder.resolve("teacher")));
  }

  @Test
  void theSecondRunAsksNothingAndLeavesTheSameTrace() throws IOException {
    ExperimentConfig config = TinyProjection.config(STEPS, 0.01, 4);
    List<TraceRow> asked = run("asked", config, false);
    assertEquals(STEPS + PROBES, calls);
    List<TraceRow> first = run("first", config, true);
    assertEquals(STEPS + PROBES, calls);
    assertEquals(STEPS, askedAbout);
    List<TraceRow> second = run("second", config, true);
    assertEquals(0, calls);
    assertEquals(0, askedAbout);
    same(asked, first);
    same(asked, second);
  }

  @Test
  void anotherStudentSharesThem() throws IOException {
    run("first", TinyProjection.config(STEPS, 0.01, 4), true);
    Roberta wider = new Roberta(22, 1, 2, 23, 17, 0, StudentConfig.Arithmetic.FP32, null);
    ExperimentConfig other = TinyProjection.with(TinyProjection.config(STEPS, 0.003, 5), wider);
    List<TraceRow> kept = run("wider", other, true);
    assertEquals(0, calls);
    same(run("wider-asked", other, false), kept);
  }

  @Test
  void aLongerRunAsksForTheRestAlone() throws IOException {
    run("first", TinyProjection.config(STEPS, 0.01, 4), true);
    ExperimentConfig longer = TinyProjection.config(STEPS + 5, 0.01, 4);
    List<TraceRow> kept = run("longer", longer, true);
    assertEquals(5, calls);
    run("shorter", TinyProjection.config(STEPS - 5, 0.01, 4), true);
    assertEquals(0, calls);
    same(run("longer-asked", longer, false), kept);
  }

  @Test
  void aStoppedRunGoesOnFromWhatIsKept() throws IOException {
    ExperimentConfig config = TinyProjection.config(STEPS, 0.01, 4);
    List<TraceRow> asked = run("asked", config, false);
    run("stopped", config, true, 9);
    assertEquals(9 + PROBES, calls);
    assertEquals(9, askedAbout);
    List<TraceRow> resumed = run("stopped", config, true);
    assertEquals(STEPS - 9, calls);
    assertEquals(STEPS, askedAbout, "those of the sitting before count as asked");
    same(asked, resumed);
  }

  @Test
  void answersGivenAheadAreKeptInTheSameOrder() throws IOException {
    ExperimentConfig config = TinyProjection.config(STEPS, 0.01, 4);
    List<TraceRow> plain = run("plain", config, true);
    Map<String, byte[]> expected = keptFiles();
    root = "ahead";
    same(plain, run("overlapping", TinyProjection.overlapping(config), true));
    assertEquals(STEPS + PROBES, calls);
    Map<String, byte[]> found = keptFiles();
    assertEquals(expected.keySet(), found.keySet());
    assertEquals(2, found.size());
    expected.forEach((name, bytes) -> assertArrayEquals(bytes, found.get(name), name));
    same(plain, run("reading", TinyProjection.overlapping(config), true));
    assertEquals(0, calls);
  }

  @Test
  void aRunStoppedAheadGoesOnFromWhatIsKept() throws IOException {
    ExperimentConfig config = TinyProjection.config(STEPS, 0.01, 4);
    List<TraceRow> asked = run("asked", config, false);
    run("stopped", TinyProjection.overlapping(config), true, 9);
    assertEquals(9 + 1 + PROBES, calls);
    same(asked, run("stopped", TinyProjection.overlapping(config), true));
    assertEquals(STEPS - 9 - 1, calls);
  }

  /** Every file of answers below the root, by its name. */
  private Map<String, byte[]> keptFiles() throws IOException {
    Path answers = folder.resolve(root);
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(answers)) {
      for (Path file : all.filter(path -> path.endsWith("answers.bin")).toList()) {
        files.put(answers.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  private static void same(List<TraceRow> expected, List<TraceRow> found) {
    assertTrue(expected.size() > 3);
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < expected.size(); i++) {
      assertTrue(expected.get(i).sameExceptSpeed(found.get(i)), "row " + i);
    }
  }

  private List<TraceRow> run(String name, ExperimentConfig config, boolean keep)
      throws IOException {
    return run(name, config, keep, -1);
  }

  /** The trace of a run; its calls of the teacher are counted anew. */
  private List<TraceRow> run(String name, ExperimentConfig config, boolean keep, long stopBehind)
      throws IOException {
    calls = 0;
    Path run = Files.createDirectories(folder.resolve(name));
    AnswerKey.Asked asked = new AnswerKey.Asked(config, "ab", Precision.FP32);
    AnswerKey probeKey = AnswerKey.samples(asked, "probe", ProbeSet.BATCH, config.trace().probe());
    Path answers = folder.resolve(root);
    try (TinyProjection projection = new TinyProjection(teacher, run, config, "f");
        AnswerTable training =
            AnswerTable.open(answers, AnswerKey.training(asked), config.training().steps());
        AnswerTable probe = AnswerTable.open(answers, probeKey, PROBES)) {
      Answers counted =
          (index, x) -> {
            calls++;
            return projection.teacher.probabilities(x);
          };
      Answers ofTraining = projection.asked.counting(counted);
      projection.training = keep ? new KeptAnswers(training, ofTraining) : ofTraining;
      projection.probes = keep ? new KeptAnswers(probe, counted) : counted;
      assertFalse(keep && !(training.claim(Shard.WHOLE) && probe.claim(Shard.WHOLE)));
      assertEquals(stopBehind < 0, projection.run(new Listener(stopBehind)).finished());
      askedAbout = projection.asked.batches().orElseThrow();
      return projection.trace.read();
    }
  }
}

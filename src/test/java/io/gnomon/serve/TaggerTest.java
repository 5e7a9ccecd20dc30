package io.gnomon.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.TinyRun;
import io.gnomon.export.ExportPrecision;
import io.gnomon.export.Exports;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaggerTest {
  private static final TaggerOptions ONE_THREAD = TaggerOptions.defaults().withThreads(1);

  /** float32 sums in another order, behind loud matrices. */
  private static final double ROUNDING = 1e-5;

  @TempDir static Path root;
  private static TinyRun single;
  private static TinyRun several;
  private static Path onnx;

  @BeforeAll
  static void export() {
    single = TinyRun.write(root.resolve("single"), 14, false);
    several = TinyRun.write(root.resolve("several"), 14, true);
    onnx = Exports.onnx(single, ExportPrecision.FP32, root.resolve("onnx"));
  }

  /** More texts than one batch takes, of all lengths, none like another. */
  private static List<String> texts() {
    return IntStream.range(0, 97)
        .mapToObj(i -> "film " + i + " is good".repeat(i * 31 % 7) + " bad".repeat(i * 17 % 5))
        .toList();
  }

  @Test
  void answersComeInTheOrderOfTheTexts() {
    List<String> texts = texts();
    double[][] expected = single.answers(texts);
    try (Tagger tagger = Tagger.load(onnx, ONE_THREAD)) {
      double[][] found = tagger.probabilities(texts);
      List<Tagging> taggings = tagger.tag(texts);
      for (int i = 0; i < expected.length; i++) {
        assertArrayEquals(expected[i], found[i], ROUNDING, texts.get(i));
        String likeliest = expected[i][0] > expected[i][1] ? "positive" : "negative";
        assertEquals(List.of(likeliest), taggings.get(i).labels());
        assertEquals(found[i][1], taggings.get(i).probability("negative"), ROUNDING);
      }
    }
  }

  @Test
  void logitsAreWhatProbabilitiesAreMadeOf() {
    try (Tagger tagger = Tagger.load(onnx, ONE_THREAD)) {
      double[] logits = tagger.logits(List.of("a good film"))[0];
      double[] p = tagger.probabilities(List.of("a good film"))[0];
      assertEquals(1 / (1 + Math.exp(logits[1] - logits[0])), p[0], 1e-6);
      assertEquals(1, p[0] + p[1], 1e-6);
    }
  }

  @Test
  void ofALongTextTheFrontIsRead() {
    String front = "a".repeat(TinyRun.MAX_LENGTH);
    try (Tagger tagger = Tagger.load(onnx, ONE_THREAD)) {
      double[][] p = tagger.probabilities(List.of(front, front + " bad bad", front.substring(1)));
      assertArrayEquals(p[0], p[1], ROUNDING);
      assertTrue(Math.abs(p[0][0] - p[2][0]) > 10 * ROUNDING, "length has no effect");
    }
  }

  @Test
  void emptyTextsAndNoneAtAll() {
    try (Tagger tagger = Tagger.load(onnx, ONE_THREAD)) {
      assertEquals(List.of(), tagger.tag());
      List<Tagging> taggings = tagger.tag("", "good", "");
      assertEquals(taggings.get(0), taggings.get(2));
      assertEquals(1, taggings.get(0).labels().size());
      assertEquals(1, tagger.tag("\ud83d").get(0).labels().size(), "half a character");
    }
  }

  @Test
  void severalLabelsAreASet() {
    Path folder = Exports.onnx(several, ExportPrecision.FP32, root.resolve("labels"));
    List<String> texts = texts();
    double[][] expected = several.answers(texts);
    try (Tagger tagger = Tagger.load(folder, ONE_THREAD)) {
      assertTrue(tagger.multiLabel());
      assertEquals(List.of("fun", "dull", "odd"), tagger.labels());
      List<Tagging> taggings = tagger.tag(texts);
      for (int i = 0; i < expected.length; i++) {
        for (int k = 0; k < 3; k++) {
          String label = tagger.labels().get(k);
          assertEquals(expected[i][k], taggings.get(i).probability(label), ROUNDING);
          assertEquals(expected[i][k] >= 0.5, taggings.get(i).labels().contains(label));
        }
      }
      assertTrue(taggings.stream().map(Tagging::labels).distinct().count() > 1, "all are alike");
    }
  }

  /** Of 8-bit activations, the neighbours' extremes would tell otherwise. */
  @Test
  void companyDoesNotChangeAnAnswer() {
    Path folder = Exports.onnx(single, ExportPrecision.INT8, root.resolve("int8"));
    List<String> texts = texts();
    try (Tagger tagger = Tagger.load(folder, ONE_THREAD)) {
      double[][] together = tagger.probabilities(texts);
      for (int i = 0; i < texts.size(); i++) {
        assertArrayEquals(tagger.probabilities(List.of(texts.get(i)))[0], together[i]);
      }
    }
  }

  @Test
  void severalThreadsMayShareOne() throws Exception {
    List<String> texts = texts();
    try (Tagger tagger = Tagger.load(onnx, ONE_THREAD)) {
      double[][] expected = tagger.probabilities(texts);
      ExecutorService pool = Executors.newFixedThreadPool(4);
      List<Future<double[][]>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        answers.add(pool.submit(() -> tagger.probabilities(texts)));
      }
      for (Future<double[][]> answer : answers) {
        assertTrue(Arrays.deepEquals(expected, answer.get()));
      }
      pool.shutdown();
    }
  }

  @Test
  void aClosedOneSaysSo() {
    Tagger tagger = Tagger.load(onnx, ONE_THREAD);
    tagger.close();
    tagger.close();
    assertThrows(IllegalStateException.class, () -> tagger.tag("good"));
  }

  /** The same answer from a process that has neither libtorch nor DJL's engine to load. */
  @Test
  void itNeedsNoEngine() throws IOException, InterruptedException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.matches(".*(pytorch|nd4j|javacpp|openblas|tribuo).*"))
            .collect(Collectors.joining(File.pathSeparator));
    Path log = root.resolve("log.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                "-Dfile.encoding=UTF-8",
                TagOnce.class.getName(),
                onnx.toString(),
                "a good film")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    String said = Files.readString(log, StandardCharsets.UTF_8);
    assertEquals(0, process.exitValue(), said);
    try (Tagger tagger = Tagger.load(onnx, ONE_THREAD)) {
      assertTrue(said.contains(tagger.tag("a good film").toString()), said);
    }
    assertFalse(classPath.contains("pytorch"));
  }
}

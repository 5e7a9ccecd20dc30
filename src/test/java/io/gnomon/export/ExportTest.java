package io.gnomon.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.djl.Device;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import io.gnomon.Messages;
import io.gnomon.TinyRun;
import io.gnomon.checkpoint.Sha256;
import io.gnomon.config.InputException;
import io.gnomon.serve.OnnxStudent;
import io.gnomon.serve.StudentFile;
import io.gnomon.serve.Tagger;
import io.gnomon.student.Student;
import io.gnomon.teacher.EmbeddingSpace;
import io.gnomon.teacher.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExportTest {
  private static final List<String> TEXTS =
      List.of("a good film", "bad", "a dull film and a bad one, a very dull one at that, no?", "b");

  @TempDir Path root;

  /**
   * Students narrower than their teacher (whose map goes into the table), as wide (without a map)
   * and wider (with a map of its own).
   */
  static Stream<Arguments> students() {
    return Stream.of(
        arguments(14, false, ExportPrecision.FP32, 1e-5),
        arguments(14, true, ExportPrecision.FP16, 5e-3),
        arguments(19, false, ExportPrecision.FP32, 1e-5),
        arguments(14, false, ExportPrecision.INT8, 5e-2),
        arguments(19, true, ExportPrecision.INT8, 5e-2),
        arguments(22, true, ExportPrecision.FP32, 1e-5),
        arguments(22, false, ExportPrecision.FP16, 5e-3),
        arguments(22, false, ExportPrecision.INT8, 5e-2));
  }

  @ParameterizedTest
  @MethodSource("students")
  void itAnswersAsTheStudentDoes(
      int hidden, boolean multiLabel, ExportPrecision precision, double within) {
    TinyRun run = TinyRun.write(root, hidden, multiLabel);
    double[][] expected = run.answers(TEXTS);
    try (Tagger tagger = Tagger.load(Exports.onnx(run, precision, root.resolve("out")))) {
      assertEquals(precision.key(), tagger.precision());
      assertEquals(TinyRun.MAX_LENGTH, tagger.maxLength());
      double[][] found = tagger.probabilities(TEXTS);
      for (int i = 0; i < expected.length; i++) {
        assertArrayEquals(expected[i], found[i], within, TEXTS.get(i));
      }
      DoubleSummaryStatistics first =
          Arrays.stream(expected).mapToDouble(p -> p[0]).summaryStatistics();
      assertTrue(first.getMax() - first.getMin() > 0.01, "texts are not told apart");
    }
  }

  @ParameterizedTest
  @MethodSource("students")
  void theOnnxCheckerPassesIt(int hidden, boolean multiLabel, ExportPrecision precision) {
    TinyRun run = TinyRun.write(root, hidden, multiLabel);
    OnnxChecker.check(Exports.onnx(run, precision, root.resolve("out")));
    VocabularyChoice cut = new VocabularyChoice.First(270);
    OnnxChecker.check(Exports.onnx(run, precision, cut, root.resolve("cut")).folder());
  }

  @ParameterizedTest
  @MethodSource("students")
  void libtorchReadsTheSameStudent(int hidden, boolean multiLabel) throws IOException {
    TinyRun run = TinyRun.write(root, hidden, multiLabel);
    Path out = Exports.torchScript(run, new VocabularyChoice.Whole(), root.resolve("out"));
    assertEquals(List.of("README.md", "labels.json", "model.pt", "tokenizer.json"), names(out));
    double[][] expected = run.answers(TEXTS);
    try (Answering exported = new TorchScriptAnswers(out);
        Tokenizer tokenizer = Tokenizer.open(out)) {
      List<long[]> tokens = TEXTS.stream().map(text -> front(tokenizer.encode(text))).toList();
      double[][] found = exported.answers(TokenRows.inOrder(tokens, 3));
      for (int i = 0; i < expected.length; i++) {
        assertArrayEquals(expected[i], found[i], 1e-5, TEXTS.get(i));
      }
    }
  }

  private static long[] front(long... ids) {
    return Arrays.copyOf(ids, Math.min(ids.length, TinyRun.MAX_LENGTH));
  }

  /** BERT counts positions straight on, from row 0 of its table. */
  @Test
  void positionsWithoutAnOffset() throws IOException {
    TinyRun run = TinyRun.write(root, 14, false);
    Path config = run.folder().resolve("student/config.json");
    Files.writeString(
        config,
        Files.readString(config)
            .replace("\"position_offset\" : 2", "\"position_offset\" : 0")
            .replace("\"max_positions\" : 29", "\"max_positions\" : 31"));
    double[][] expected = run.answers(TEXTS);
    try (Tagger tagger =
        Tagger.load(Exports.onnx(run, ExportPrecision.FP32, root.resolve("out")))) {
      double[][] found = tagger.probabilities(TEXTS);
      for (int i = 0; i < expected.length; i++) {
        assertArrayEquals(expected[i], found[i], 1e-5, TEXTS.get(i));
      }
    }
    Exports.torchScript(run, new VocabularyChoice.Whole(), root.resolve("pt"));
  }

  @Test
  void itStandsAloneAndSaysWhereItCameFrom() throws IOException {
    TinyRun run = TinyRun.write(root, 14, false);
    Path out = Exports.onnx(run, ExportPrecision.FP16, root.resolve("deep/out"));
    assertEquals(List.of("README.md", "labels.json", "model.onnx", "tokenizer.json"), names(out));
    Map<String, String> metadata =
        model(out).getMetadataPropsList().stream()
            .collect(
                Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));
    assertEquals(
        Files.readString(run.folder().resolve("config.yaml")), metadata.get("gnomon.config"));
    assertEquals("{\"commit\": \"abc\", \"seed\": 1}\n", metadata.get("gnomon.provenance"));
    assertEquals(
        Sha256.of(run.folder().resolve("student/student.safetensors")),
        metadata.get("gnomon.student_sha256"));
    assertEquals(Sha256.ofFolder(root.resolve("teacher")), metadata.get("gnomon.teacher_sha256"));
    assertEquals(
        """
        {
          "format" : 1,
          "task" : "tiny",
          "type" : "single-label",
          "labels" : [ "positive", "negative" ],
          "max_length" : 23,
          "precision" : "fp16"
        }
        """,
        Files.readString(out.resolve("labels.json")));
  }

  @Test
  void theCardSaysWhatAndHowGood() throws IOException {
    TinyRun run = TinyRun.write(root, 14, false);
    Path licence = root.resolve("teacher/README.md");
    Files.writeString(licence, "---\nlicense: mit\n---\n# A teacher\n");
    String card = card(run, "out");
    assertTrue(card.startsWith("---\nlicense: mit\npipeline_tag"), card);
    assertTrue(card.contains("No text was used to train it"), card);
    assertTrue(card.contains("| prompt | `film:` … ` this is` |"), card);
    assertTrue(card.contains("| words for negative | bad, awful, dull |"), card);
    assertTrue(card.contains("kind: uniform\n"), card);
    assertTrue(card.contains("| accuracy on text | 75.0 % [50.0, 87.5] |"), card);
    assertTrue(
        card.contains("| angle to its teacher on text, α | 0.1250 rad [0.0625, 0.1875] |"), card);
    assertTrue(card.contains("| angle on noise | 0.2500 rad |"), card);
    assertTrue(card.contains("| the task's texts | 5 | "), card);
    assertTrue(card.contains("as its folder has it: mit."), card);

    Files.delete(licence);
    assertTrue(card(run, "other").contains("The teacher's folder names no licence"));
    Files.writeString(root.resolve("teacher/LICENSE"), "\n  Some Licence 1.0\nMore of it\n");
    assertTrue(card(run, "third").contains("as its folder has it: Some Licence 1.0."));
  }

  @Test
  void withoutItsDataItIsCheckedOnTheListAlone() throws IOException {
    TinyRun run = TinyRun.write(root, 14, false);
    Files.delete(root.resolve("texts.csv"));
    String card = card(run, "out");
    assertTrue(
        card.contains(
            "Labelled texts were not at hand: table not found at " + root.resolve("texts.csv")),
        card);
    assertFalse(card.contains("the task's texts |"), card);
  }

  @Test
  void thresholdsThatWereTunedGoAlong() throws IOException {
    TinyRun run = TinyRun.write(root, 14, true);
    Files.writeString(
        run.folder().resolve("evaluation-tiny-labels.json"),
        """
        {"student": [{"rule": "threshold", "parameters": {"threshold": 0.5}},
                     {"rule": "threshold-per-label", "parameters": {"fun": 0.25, "odd": 0.75}}]}
        """);
    Path out = Exports.onnx(run, ExportPrecision.FP32, root.resolve("out"));
    String labels = Files.readString(out.resolve("labels.json"));
    assertTrue(
        labels.contains("\"thresholds\" : {\n    \"fun\" : 0.25,\n    \"odd\" : 0.75\n  }"),
        labels);
  }

  @Test
  void whatIsTooLargeForOneFileLiesBesideIt() throws IOException {
    TinyRun run = TinyRun.write(root, 22, false);
    try (EmbeddingSpace space =
            EmbeddingSpace.open(root.resolve("teacher").toString(), Device.cpu());
        Student student = Student.load(space.manager(), run.folder().resolve("student"))) {
      KeptRows rows = KeptRows.all(space.embeddings().size());
      Graph graph = StudentGraph.of(student, space.embeddings(), rows);
      Map<String, String> entries =
          new StudentFile(false, List.of("a", "b"), 28, "fp32", "").entries();
      for (ExportPrecision precision : ExportPrecision.values()) {
        Path inside = Files.createDirectories(root.resolve("inside-" + precision));
        Path beside = Files.createDirectories(root.resolve("beside-" + precision));
        OnnxFile.write(inside, graph, precision, entries, OnnxFile.LARGEST);
        OnnxFile.write(beside, graph, precision, entries, 0);
        assertEquals(List.of("model.onnx"), names(inside));
        assertEquals(List.of("model.onnx", "model.onnx.data"), names(beside));
        OnnxChecker.check(beside);
        assertArrayEquals(logits(inside), logits(beside));
      }
    }
  }

  private static float[][] logits(Path folder) {
    try (OnnxStudent student = OnnxStudent.open(folder.resolve("model.onnx"), 1)) {
      long[][] rows = {{5, 7, 11}, {}, {13}};
      return student.run(rows, OnnxStudent.Output.LOGITS);
    }
  }

  /** Matrices so loud that 8 bits do not carry them. */
  @Test
  void whatDoesNotPassLeavesNothingBehind() throws IOException {
    TinyRun run = TinyRun.write(root, 14, false, 40);
    List<String> before = names(root);
    String message =
        Messages.of(
            GateException.class,
            () -> Exports.onnx(run, ExportPrecision.INT8, root.resolve("new/out")));
    assertTrue(message.startsWith("the list, each alone: text "), message);
    assertTrue(message.endsWith("; nothing is left of this export"), message);
    assertEquals(before, names(root));

    Path out = Exports.onnx(run, ExportPrecision.FP32, root.resolve("out"));
    byte[] old = Files.readAllBytes(out.resolve("model.onnx"));
    Messages.of(GateException.class, () -> Exports.onnx(run, ExportPrecision.INT8, out));
    assertArrayEquals(old, Files.readAllBytes(out.resolve("model.onnx")));
    assertEquals(4, names(out).size());
  }

  @Test
  void anEarlierExportIsReplacedAndNothingElse() throws IOException {
    TinyRun run = TinyRun.write(root, 14, false);
    Path out = Exports.onnx(run, ExportPrecision.FP32, root.resolve("out"));
    Exports.onnx(run, ExportPrecision.FP16, out);
    assertTrue(Files.readString(out.resolve("labels.json")).contains("fp16"));
    Path other = Files.createDirectories(root.resolve("other"));
    Files.writeString(other.resolve("diary.txt"), "mine");
    assertEquals(
        other
            + ": expected a new or empty folder, or an earlier export, found other files; give"
            + " another as --out",
        Messages.of(InputException.class, () -> Exports.onnx(run, ExportPrecision.FP32, other)));
    assertEquals(List.of("diary.txt"), names(other));
  }

  @Test
  void anotherTeacherIsRefused() throws IOException {
    TinyRun run = TinyRun.write(root, 14, false);
    Path config = root.resolve("teacher/config.json");
    Files.writeString(config, Files.readString(config) + "\n");
    String message =
        Messages.of(
            InputException.class,
            () -> Exports.onnx(run, ExportPrecision.FP32, root.resolve("out")));
    assertTrue(message.contains("expected the teacher it was cast from"), message);
    assertFalse(Files.exists(root.resolve("out")));
  }

  private String card(TinyRun run, String name) throws IOException {
    Path out = Exports.onnx(run, ExportPrecision.FP32, root.resolve(name));
    return Files.readString(out.resolve("README.md"));
  }

  private static ModelProto model(Path folder) throws IOException {
    try (InputStream in = Files.newInputStream(folder.resolve("model.onnx"))) {
      return ModelProto.parseFrom(in);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}

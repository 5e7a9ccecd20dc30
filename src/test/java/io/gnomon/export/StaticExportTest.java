package io.gnomon.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.onnx.proto.OnnxMl.ModelProto;
import io.gnomon.TinyRun;
import io.gnomon.serve.Tagger;
import io.gnomon.student.Student;
import io.gnomon.teacher.EmbeddingSpace;
import io.gnomon.teacher.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pooling student, exported: ONNX Runtime and libtorch answer as DJL does. */
class StaticExportTest {
  private static final List<String> TEXTS =
      List.of("a good film", "bad", "", "a dull film and a bad one, a very dull one at that", "b");

  @TempDir Path root;

  @ParameterizedTest
  @CsvSource({
    "false, FP32, 1e-5",
    "true, FP32, 1e-5",
    "true, FP16, 5e-3",
    "false, FP16, 5e-3",
    "false, INT8, 5e-2",
    "true, INT8, 5e-2"
  })
  void itAnswersAsTheStudentDoes(boolean multiLabel, ExportPrecision precision, double within) {
    TinyRun run = TinyRun.pooling(root, multiLabel);
    double[][] expected = answers(run);
    Path out = Exports.onnx(run, precision, root.resolve("out"));
    OnnxChecker.check(out);
    try (Tagger tagger = Tagger.load(out)) {
      double[][] found = tagger.probabilities(TEXTS);
      for (int i = 0; i < expected.length; i++) {
        assertArrayEquals(expected[i], found[i], within, TEXTS.get(i));
      }
      assertTrue(Math.abs(expected[0][0] - expected[1][0]) > 0.01, "texts are not told apart");
    }
  }

  @Test
  void aCutVocabularyHasFewerRowsAndAnswersByThem() throws IOException {
    TinyRun run = TinyRun.pooling(root, false);
    VocabularyChoice choice = new VocabularyChoice.First(270);
    Path cut = Exports.onnx(run, ExportPrecision.FP32, choice, root.resolve("cut")).folder();
    OnnxChecker.check(cut);
    assertEquals(List.of(270L, 11L), shape(cut, "embedding_table"));
    try (Tagger tagger = Tagger.load(cut);
        Tokenizer tokenizer = Tokenizer.open(cut)) {
      double[][] expected = answers(run, tokens(tokenizer));
      double[][] found = tagger.probabilities(TEXTS);
      for (int i = 0; i < expected.length; i++) {
        assertArrayEquals(expected[i], found[i], 1e-5, TEXTS.get(i));
      }
    }
  }

  private static List<Long> shape(Path folder, String tensor) throws IOException {
    try (InputStream in = Files.newInputStream(folder.resolve("model.onnx"))) {
      return ModelProto.parseFrom(in).getGraph().getInitializerList().stream()
          .filter(it -> it.getName().equals(tensor))
          .findFirst()
          .orElseThrow()
          .getDimsList();
    }
  }

  @Test
  void libtorchReadsTheSameStudent() {
    TinyRun run = TinyRun.pooling(root, true);
    double[][] expected = answers(run);
    Path out = Exports.torchScript(run, new VocabularyChoice.Whole(), root.resolve("out"));
    try (Answering exported = new TorchScriptAnswers(out);
        Tokenizer tokenizer = Tokenizer.open(out)) {
      double[][] found = exported.answers(TokenRows.inOrder(tokens(tokenizer), 3));
      for (int i = 0; i < expected.length; i++) {
        assertArrayEquals(expected[i], found[i], 1e-5, TEXTS.get(i));
      }
    }
  }

  @Test
  void theTableHoldsFeaturesInPlaceOfEmbeddings() {
    TinyRun run = TinyRun.pooling(root, false);
    try (EmbeddingSpace space = space(run);
        Student student = Student.load(space.manager(), run.folder().resolve("student"))) {
      KeptRows rows = KeptRows.all(space.embeddings().size());
      Graph graph = StudentGraph.of(student, space.embeddings(), rows);
      assertEquals(List.of(rows.size(), 11), graph.weights().get(0).shape());
      // the table, 2·11 → 7 and 7 → 2
      assertEquals(rows.size() * 11L + 7 * 22 + 7 + 2 * 7 + 2, graph.elements());
    }
  }

  /** The student's own, text by text; the empty one as well. */
  private static double[][] answers(TinyRun run) {
    try (EmbeddingSpace space = space(run)) {
      return answers(run, tokens(space.tokenizer()));
    }
  }

  private static double[][] answers(TinyRun run, List<long[]> tokens) {
    try (EmbeddingSpace space = space(run);
        Student student = Student.load(space.manager(), run.folder().resolve("student"));
        Answering answers = new StudentAnswers(student, space.embeddings(), space.manager())) {
      return answers.answers(TokenRows.inOrder(tokens, 1));
    }
  }

  private static EmbeddingSpace space(TinyRun run) {
    return EmbeddingSpace.open(run.folder().resolveSibling("teacher").toString(), Device.cpu());
  }

  private static List<long[]> tokens(Tokenizer tokenizer) {
    return TEXTS.stream()
        .map(tokenizer::encode)
        .map(ids -> Arrays.copyOf(ids, Math.min(ids.length, TinyRun.MAX_LENGTH)))
        .toList();
  }
}

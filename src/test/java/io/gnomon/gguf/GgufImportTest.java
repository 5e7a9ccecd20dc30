package io.gnomon.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import io.gnomon.Messages;
import io.gnomon.Shared;
import io.gnomon.TinyTeacher;
import io.gnomon.checkpoint.SafetensorsFile;
import io.gnomon.checkpoint.SafetensorsFolder;
import io.gnomon.checkpoint.SafetensorsWriter;
import io.gnomon.checkpoint.Sha256;
import io.gnomon.checkpoint.StoredTensor;
import io.gnomon.checkpoint.StoredType;
import io.gnomon.config.InputException;
import io.gnomon.importing.FolderImport;
import io.gnomon.importing.ImportListener;
import io.gnomon.importing.ImportOutcome;
import io.gnomon.nn.DecoderShape;
import io.gnomon.teacher.CheckpointConfig;
import io.gnomon.teacher.LanguageModel;
import io.gnomon.tensor.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An imported model is the model that was exported, and a broken-off import goes on. */
class GgufImportTest {
  @TempDir Path temp;

  /** Stops after so many blocks. */
  private static final class Quiet implements ImportListener {
    private final int blocks;
    private int seen;
    private long last;

    private Quiet(int blocks) {
      this.blocks = blocks;
    }

    @Override
    public void note(String line) {
      assertEquals(1, line.lines().count());
    }

    @Override
    public void progress(long done, long total) {
      assertTrue(last <= done && done <= total, last + " " + done + " " + total);
      last = done;
    }

    @Override
    public boolean stop() {
      return seen++ >= blocks;
    }
  }

  private static Quiet quiet() {
    return new Quiet(Integer.MAX_VALUE);
  }

  private Path tiny() {
    Path original = TinyTeacher.write(temp.resolve("original"));
    return TinyGguf.write(original, temp.resolve("tiny.gguf"));
  }

  /** The same weights rounded to bfloat16, without a way through GGUF. */
  private Path rounded(Path original) throws IOException {
    Path folder = Files.createDirectories(temp.resolve("rounded"));
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    try (SafetensorsFolder weights = SafetensorsFolder.open(original)) {
      for (String name : weights.names()) {
        tensors.put(
            name,
            new StoredTensor(StoredType.BF16, weights.info(name).shape(), weights.floats(name)));
      }
    }
    SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors, Map.of());
    Files.copy(original.resolve("config.json"), folder.resolve("config.json"));
    return folder;
  }

  private static float[] logits(Path folder, long... ids) {
    try (LanguageModel model =
        LanguageModel.load(folder.toString(), Precision.FP32, Device.cpu())) {
      return model.nextTokenLogits(ids);
    }
  }

  @Test
  void theImportedModelAnswersAndTokenizesAsTheOriginal() throws IOException {
    Path file = tiny();
    ImportOutcome outcome = new GgufImport(file, temp.resolve("out"), quiet()).run();
    assertTrue(outcome.finished());
    assertEquals(1, outcome.written());
    Path original = temp.resolve("original");
    long[] ids = {7, 31, 269, 5, 11};
    assertArrayEquals(logits(rounded(original), ids), logits(temp.resolve("out"), ids));
    try (LanguageModel before = load(original);
        LanguageModel after = load(temp.resolve("out"))) {
      for (String text :
          new String[] {"a good film, and a bad one.", "  é\n\n", "great   1234 it's"}) {
        assertArrayEquals(before.tokenizer().encode(text), after.tokenizer().encode(text), text);
        assertArrayEquals(
            before.tokenizer().encodeOpening(text), after.tokenizer().encodeOpening(text), text);
      }
      assertEquals(before.shape().parameters(), outcome.parameters());
    }
    try (SafetensorsFile weights =
        SafetensorsFile.open(temp.resolve("out").resolve("model.safetensors"))) {
      assertEquals(Sha256.of(file), weights.metadata().get("source_sha256"));
      assertEquals("tiny.gguf", weights.metadata().get("source"));
    }
  }

  private static LanguageModel load(Path folder) {
    return LanguageModel.load(folder.toString(), Precision.FP32, Device.cpu());
  }

  /** Llama 3's rotary scaling, own head sizes, biases, untied heads. */
  @ParameterizedTest
  @ValueSource(strings = {"tiny-llama2", "tiny-llama3", "tiny-mistral", "tiny-qwen2"})
  void everyFamilyComesBack(String name) throws IOException {
    Path original = Shared.require("goldens/" + name);
    DecoderShape shape = CheckpointConfig.read(original);
    Path file =
        TinyGguf.withLetters(TinyGguf.of(original), shape.vocabulary())
            .write(temp.resolve("x.gguf"));
    new GgufImport(file, temp.resolve("out"), quiet()).run();
    assertEquals(shape.family(), CheckpointConfig.read(temp.resolve("out")).family());
    long[] ids = {3, 199, 17, 42, 3, 101, 5};
    assertArrayEquals(logits(rounded(original), ids), logits(temp.resolve("out"), ids));
  }

  @Test
  void rowsOfHeadsAreReorderedAsByHand() {
    // Two heads of width 4, rows of two elements: llama.cpp has the rows 0 2 1 3 of each.
    float[] stored = {0, 0, 2, 2, 1, 1, 3, 3, 4, 4, 6, 6, 5, 5, 7, 7};
    HeadOrder order =
        new HeadOrder(
            (from, target, at, count) -> System.arraycopy(stored, (int) from, target, at, count),
            4,
            2);
    float[] rows = new float[16];
    order.read(0, rows, 0, 5);
    order.read(5, rows, 5, 11);
    assertArrayEquals(new float[] {0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7}, rows);
    float[] primes = new float[3 * 10 * 7];
    for (int i = 0; i < primes.length; i++) {
      primes[i] = i;
    }
    float[] there = TinyGguf.sideBySide(primes, 10, 7);
    float[] back = new float[primes.length];
    new HeadOrder(
            (from, target, at, count) -> System.arraycopy(there, (int) from, target, at, count),
            10,
            7)
        .read(0, back, 0, back.length);
    assertArrayEquals(primes, back);
  }

  private static Map<String, String> checksums(Path folder) throws IOException {
    Map<String, String> checksums = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(file -> checksums.put(file.getFileName().toString(), Sha256.of(file)));
    }
    return checksums;
  }

  private ImportOutcome sharded(Path file, Path folder, int blocks) {
    return new GgufImport(file, new FolderImport(file, folder, new Quiet(blocks), 1000, 6000))
        .run();
  }

  @Test
  void aStoppedImportGoesOnAndGivesTheSameBytes() throws IOException {
    Path file = tiny();
    assertTrue(sharded(file, temp.resolve("once"), Integer.MAX_VALUE).finished());
    Map<String, String> expected = checksums(temp.resolve("once"));
    assertTrue(expected.containsKey("model.safetensors.index.json"), expected.toString());
    for (int blocks : new int[] {0, 1, 3, 11}) {
      Path folder = temp.resolve("stopped" + blocks);
      assertFalse(sharded(file, folder, blocks).finished());
      assertFalse(Files.exists(folder.resolve("config.json")), "unfinished, yet it could be read");
      ImportOutcome rest = sharded(file, folder, Integer.MAX_VALUE);
      assertTrue(rest.finished());
      assertEquals(blocks > 0, rest.kept() > 0, "kept " + rest.kept());
      assertEquals(expected, checksums(folder));
    }
    Path again = temp.resolve("stopped3");
    assertEquals(0, sharded(file, again, Integer.MAX_VALUE).written());
    assertEquals(expected, checksums(again));
  }

  /** What SIGKILL can leave: a half-written file aside, a file that no manifest names yet. */
  @Test
  void whatAKilledImportLeavesIsMended() throws IOException {
    Path file = tiny();
    sharded(file, temp.resolve("once"), Integer.MAX_VALUE);
    Map<String, String> expected = checksums(temp.resolve("once"));
    Path folder = temp.resolve("killed");
    assertFalse(sharded(file, folder, 9).finished());
    String first =
        expected.keySet().stream()
            .filter(name -> name.contains("-00001-"))
            .findFirst()
            .orElseThrow();
    String second = first.replace("00001-", "00002-");
    Files.writeString(folder.resolve(second + ".tmp"), "half");
    Files.writeString(folder.resolve(second + ".99999999-ab-1.tmp"), "half");
    Files.writeString(folder.resolve(first.replace("00001-", "00003-")), "unnamed");
    byte[] damaged = Files.readAllBytes(folder.resolve(first));
    damaged[damaged.length - 1] ^= 1;
    Files.write(folder.resolve(first), damaged);
    assertTrue(sharded(file, folder, Integer.MAX_VALUE).finished());
    assertEquals(expected, checksums(folder));
  }

  private String refused(Path file, Path folder) {
    String message =
        Messages.of(InputException.class, () -> new GgufImport(file, folder, quiet()).run());
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  @Test
  void aFolderThatHoldsSomethingElseIsRefused() throws IOException {
    Path file = tiny();
    Path folder = Files.createDirectories(temp.resolve("mine"));
    Files.writeString(folder.resolve("model.safetensors"), "mine");
    Files.writeString(folder.resolve("notes.txt"), "mine");
    assertTrue(
        refused(file, folder)
            .endsWith(
                "expected an empty folder or an import of tiny.gguf, found model.safetensors and 1"
                    + " more; give another folder to --to"));
    assertEquals(2, checksums(folder).size());
    Path other = temp.resolve("other");
    new GgufImport(file, other, quiet()).run();
    Files.writeString(other.resolve("notes.txt"), "mine");
    assertTrue(refused(file, other).contains("found notes.txt;"));
    Files.delete(other.resolve("notes.txt"));
    Path changed = temp.resolve("changed.gguf");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 40] ^= 1;
    Files.write(changed, bytes);
    assertTrue(refused(changed, other).contains("expected the import of the file with SHA-256"));
    Files.writeString(other.resolve("import.sha256"), "nonsense");
    assertTrue(refused(file, other).contains("empty the folder and import again"));
  }

  /** Whatever byte of the head is damaged, an import ends well or with one line. */
  @Test
  void aDamagedFileIsImportedOrRefusedAndNothingElse() throws IOException {
    byte[] whole = Files.readAllBytes(tiny());
    Path file = temp.resolve("damaged.gguf");
    SplittableRandom random = new SplittableRandom(5);
    int head = 9000; // keys, vocabulary, merges and some of the tensors
    int refused = 0;
    for (int i = 0; i < 120; i++) {
      byte[] damaged = whole.clone();
      // Half of them among the model's own keys, which stand first.
      damaged[random.nextInt(i % 2 == 0 ? 700 : head)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      try {
        new GgufImport(file, temp.resolve("damaged" + i), quiet()).run();
      } catch (InputException e) {
        refused++;
        assertEquals(1, String.valueOf(e.getMessage()).lines().count(), e.getMessage());
      }
    }
    assertTrue(40 < refused && refused < 120, "refused " + refused);
  }

  @Test
  void whatIsNoDecoderOfOursIsRefusedBeforeAnythingIsWritten() {
    Path original = TinyTeacher.write(temp.resolve("original"));
    String[][] cases = {
      {"general.architecture", "bert", "expected one of llama, mistral, qwen2, found bert"},
      {"tokenizer.ggml.model", "t5", "expected one of llama, gpt2, found t5"},
      {"tokenizer.ggml.pre", "tekken", "expected one of gpt-2, llama-bpe, qwen2, found tekken"},
      {"llama.rope.scaling.type", "yarn", "expected one of none, linear, found yarn"},
    };
    for (String[] wrong : cases) {
      GgufWriter writer = TinyGguf.withMerges(TinyGguf.of(original), original);
      Path file = writer.with(wrong[0], wrong[1]).write(temp.resolve("wrong.gguf"));
      String message = refused(file, temp.resolve("none"));
      assertTrue(message.contains(wrong[0] + ": " + wrong[2] + "; "), message);
      assertFalse(Files.exists(temp.resolve("none")));
    }
    GgufWriter writer = TinyGguf.withMerges(TinyGguf.of(original), original);
    Path file = writer.f32("blk.0.ffn_gate_inp.weight", new float[1], 1).write(temp.resolve("w"));
    assertTrue(
        refused(file, temp.resolve("none")).contains("found also blk.0.ffn_gate_inp.weight"));
    file = writer.without("blk.0.ffn_gate_inp.weight").without("blk.1.ffn_up.weight").write(file);
    assertTrue(
        refused(file, temp.resolve("none"))
            .contains("tensor blk.1.ffn_up.weight: expected shape [23, 19], found none;"));
    file = writer.with("llama.rope.dimension_count", 4).write(file);
    assertTrue(
        refused(file, temp.resolve("none"))
            .contains("llama.rope.dimension_count: expected 6, the width of a head, found 4;"));
  }
}

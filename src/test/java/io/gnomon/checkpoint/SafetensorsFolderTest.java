package io.gnomon.checkpoint;

import static io.gnomon.checkpoint.Refusals.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFolderTest {
  private static final String INDEX = "model.safetensors.index.json";

  @TempDir Path folder;

  @Test
  void shardsReadAsOne() throws IOException {
    shard("model-1.safetensors", "a", 3);
    shard("model-2.safetensors", "b", 5);
    index("{'metadata':{},'weight_map':{'b':'model-2.safetensors','a':'model-1.safetensors'}}");
    try (SafetensorsFolder read = SafetensorsFolder.open(folder)) {
      assertEquals(List.of("b", "a"), List.copyOf(read.names()));
      assertArrayEquals(new float[] {5}, read.floats("b"));
      assertEquals(folder.resolve("model-1.safetensors"), read.info("a").file());
      assertMessage(
          folder + ": expected a tensor c, found none (the nearest are [a, b])",
          () -> read.floats("c"));
      assertMessage(
          folder.resolve("model-2.safetensors") + ": tensor b: expected shape [7], found [1]",
          () -> read.require("b", 7));
    }
  }

  @Test
  void aMissingShardIsNamed() throws IOException {
    shard("model-1.safetensors", "a", 3);
    index("{'weight_map':{'a':'model-1.safetensors','b':'model-2.safetensors'}}");
    assertMessage(
        folder + ": missing model-2.safetensors, named in " + INDEX,
        () -> SafetensorsFolder.open(folder));
  }

  @Test
  void aTensorThatItsShardLacksIsNamed() throws IOException {
    shard("model-1.safetensors", "a", 3);
    index("{'weight_map':{'a':'model-1.safetensors','b':'model-1.safetensors'}}");
    assertMessage(
        folder.resolve("model-1.safetensors") + ": no tensor b, which " + INDEX + " says is in it",
        () -> SafetensorsFolder.open(folder));
  }

  @Test
  void aShardOutsideTheFolderIsRefused() throws IOException {
    index("{'weight_map':{'a':'../model-1.safetensors'}}");
    assertMessage("in the same folder, found", () -> SafetensorsFolder.open(folder));
  }

  @Test
  void brokenIndexes() throws IOException {
    index("{'weight_map':");
    assertMessage(INDEX + ": not valid JSON", () -> SafetensorsFolder.open(folder));
    index("{'weight_map':[]}");
    assertMessage("expected weight_map, an object", () -> SafetensorsFolder.open(folder));
    Files.write(folder.resolve(INDEX), new byte[] {'{', (byte) 0xff});
    assertMessage(INDEX, () -> SafetensorsFolder.open(folder));
  }

  @Test
  void noWeightsAtAll() throws IOException {
    assertMessage("found an empty folder", () -> SafetensorsFolder.open(folder));
    assertMessage("found no such folder", () -> SafetensorsFolder.open(folder.resolve("none")));
    Files.writeString(folder.resolve("pytorch_model.bin"), "");
    assertMessage("safe_serialization=True", () -> SafetensorsFolder.open(folder));
  }

  /** The outer digest is that of the two lines which sha256sum prints. */
  @Test
  void digestsOfFileAndFolder() throws IOException {
    Files.writeString(folder.resolve("config.json"), "abc");
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        Sha256.of(folder.resolve("config.json")));
    Files.writeString(folder.resolve("m.safetensors"), "");
    String digest = Sha256.ofFolder(folder);
    assertEquals(
        Sha256.ofText(
            """
            ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  config.json
            e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  m.safetensors
            """),
        digest);
    Files.writeString(folder.resolve("README.md"), "more");
    assertEquals(digest, Sha256.ofFolder(folder));
    Files.writeString(folder.resolve("config.json"), "abd");
    assertNotEquals(digest, Sha256.ofFolder(folder));
    assertMessage("no such file", () -> Sha256.of(folder.resolve("none")));
  }

  private void shard(String file, String tensor, float value) {
    SafetensorsWriter.write(
        folder.resolve(file),
        Map.of(tensor, new StoredTensor(StoredType.F32, new long[] {1}, new float[] {value})),
        Map.of());
  }

  private void index(String json) throws IOException {
    Files.writeString(folder.resolve(INDEX), json.replace('\'', '"'));
  }
}

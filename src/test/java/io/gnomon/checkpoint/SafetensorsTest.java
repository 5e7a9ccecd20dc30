package io.gnomon.checkpoint;

import static io.gnomon.checkpoint.Refusals.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gnomon.Shared;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  @TempDir Path folder;

  @Test
  void writtenByHandByteForByte() throws IOException {
    Path file = folder.resolve("hand.safetensors");
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    tensors.put("h", new StoredTensor(StoredType.BF16, new long[] {1}, new float[] {-2}));
    tensors.put("w", new StoredTensor(StoredType.F32, new long[] {}, new float[] {1.5f}));
    SafetensorsWriter.write(file, tensors, Map.of("format", "pt"));

    String json =
        "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"w\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]},"
            + "\"h\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[4,6]}}";
    int padded = (json.length() + 7) / 8 * 8;
    ByteBuffer expected = ByteBuffer.allocate(8 + padded + 6).order(ByteOrder.LITTLE_ENDIAN);
    expected.putLong(padded).put(json.getBytes(StandardCharsets.UTF_8));
    while (expected.position() < 8 + padded) {
      expected.put((byte) ' ');
    }
    expected.putInt(0x3fc00000).putShort((short) 0xc000);
    assertArrayEquals(expected.array(), Files.readAllBytes(file));
  }

  @Test
  void roundTripKeepsNamesShapesValuesAndMetadata() {
    float[] values = new float[5 * 7 * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i - 50) / 8f; // exact in all three types
    }
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (StoredType type : List.of(StoredType.F16, StoredType.F32, StoredType.BF16)) {
      tensors.put("t." + type, new StoredTensor(type, new long[] {5, 7, 3}, values));
    }
    tensors.put("empty", new StoredTensor(StoredType.F32, new long[] {0, 11}, new float[0]));
    Path file = folder.resolve("round.safetensors");
    SafetensorsWriter.write(file, tensors, Map.of("step", "13"));
    try (SafetensorsFile read = SafetensorsFile.open(file)) {
      assertEquals(Map.of("step", "13"), read.metadata());
      assertEquals(tensors.keySet(), read.names());
      tensors.forEach(
          (name, tensor) -> {
            assertArrayEquals(tensor.shape(), read.require(name, tensor.shape()).shape());
            assertArrayEquals(name.equals("empty") ? new float[0] : values, read.floats(name));
          });
      assertEquals(5 * 7 * 3 * 2, read.bytes("t.BF16").remaining());
    }
  }

  @Test
  void aTensorLongerThanOneMappedRegionIsReadWhole() {
    int size = SafetensorsFile.REGION / 4 + 17;
    float[] values = new float[size];
    values[0] = 1;
    values[SafetensorsFile.REGION / 4 - 1] = 2;
    values[SafetensorsFile.REGION / 4] = 3;
    values[size - 1] = 4;
    Path file = folder.resolve("long.safetensors");
    SafetensorsWriter.write(
        file, Map.of("w", new StoredTensor(StoredType.F32, new long[] {size}, values)), Map.of());
    try (SafetensorsFile read = SafetensorsFile.open(file)) {
      assertArrayEquals(values, read.floats("w"));
    }
  }

  /** A sparse file of 3 GB: what lies behind the first 2 GiB is read like the rest. */
  @Test
  void offsetsPastTwoGibibytes() throws IOException {
    long big = 3_000_000_000L;
    byte[] json =
        ("{\"big\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[0,%d]},"
                + "\"end\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[%d,%d]}}")
            .formatted(big, big, big, big + 8)
            .getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("big.safetensors");
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.SPARSE,
            StandardOpenOption.WRITE)) {
      ByteBuffer head = ByteBuffer.allocate(8 + json.length).order(ByteOrder.LITTLE_ENDIAN);
      channel.write(head.putLong(json.length).put(json).flip(), 0);
      ByteBuffer tail = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      channel.write(tail.putFloat(3).putFloat(5).flip(), 8 + json.length + big);
    }
    try (SafetensorsFile read = SafetensorsFile.open(file)) {
      assertArrayEquals(new float[] {3, 5}, read.floats("end"));
      assertMessage("3000000000 bytes, more than one buffer can hold", () -> read.bytes("big"));
      assertMessage(
          "expected F32, F16 or BF16, found U8",
          () -> read.readFloats("big", FloatBuffer.allocate(1)));
    }
  }

  @Test
  void wrongShapesAndUnknownNamesAreSaidInFull() {
    Path file = folder.resolve("m.safetensors");
    float[] six = new float[6];
    SafetensorsWriter.write(
        file,
        Map.of("model.norm.weight", new StoredTensor(StoredType.F32, new long[] {2, 3}, six)),
        Map.of());
    try (SafetensorsFile read = SafetensorsFile.open(file)) {
      assertMessage(
          file + ": tensor model.norm.weight: expected shape [3, 2], found [2, 3]",
          () -> read.require("model.norm.weight", 3, 2));
      assertMessage(
          file
              + ": expected a tensor model.norm.wieght, found none (the nearest are"
              + " [model.norm.weight])",
          () -> read.info("model.norm.wieght"));
    }
  }

  /** Numbers read from the same bytes by an independent program. */
  @Test
  void aRealCheckpointInBfloat16() {
    try (SafetensorsFolder read = SafetensorsFolder.open(Shared.require("models/stories15M"))) {
      assertEquals(56, read.names().size());
      FloatBuffer embeddings = FloatBuffer.allocate(32000 * 288);
      read.readFloats("model.embed_tokens.weight", embeddings);
      assertFalse(embeddings.hasRemaining());
      assertEquals(-0.059814453f, embeddings.get(0));
      assertEquals(-0.02319336f, embeddings.get(32000 * 288 - 1));
      float[] norm = read.floats("model.norm.weight");
      assertEquals(7.6875f, norm[0]);
      double sum = 0;
      for (float value : norm) {
        sum += value;
      }
      assertEquals(2043.46875, sum, 1e-9);
    }
  }

  @Test
  void everyGoldenOpens() {
    for (String name :
        List.of("tiny-llama2", "tiny-llama3", "tiny-mistral", "tiny-qwen2", "tiny-roberta")) {
      try (SafetensorsFolder read = SafetensorsFolder.open(Shared.require("goldens/" + name))) {
        assertEquals("{format=pt}", metadataOf(read).toString());
        for (String tensor : read.names()) {
          assertEquals(read.info(tensor).elements(), read.floats(tensor).length);
        }
      }
    }
  }

  private static Map<String, String> metadataOf(SafetensorsFolder folder) {
    try (SafetensorsFile file = SafetensorsFile.open(folder.path().resolve("model.safetensors"))) {
      return file.metadata();
    }
  }
}

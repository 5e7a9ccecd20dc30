package io.gnomon.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.Messages;
import io.gnomon.checkpoint.ElementSource;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are whole give what was put in; all others are refused in one line. */
class GgufFileTest {
  @TempDir Path folder;

  private static GgufWriter writer() {
    return new GgufWriter()
        .with("general.architecture", "llama")
        .with("byte", (byte) -3)
        .with("short", (short) -300)
        .with("whole", -2) // uint32: 2³² − 2
        .with("long", -5_000_000_000L)
        .with("real", 1e-5f)
        .with("double", 0.1)
        .with("flag", true)
        .with("texts", List.of("▁é", "", "b"))
        .with("nested", List.of(List.of(1, 2), List.of(3)))
        .f32("a", new float[] {1, 2, 3, 4, 5, 6}, 2, 3)
        .f32("b", new float[] {7}, 1)
        .tensor("c", 8, new byte[2 * 34], 2, 32);
  }

  private static <T> T required(Map<String, T> map, String key) {
    return Objects.requireNonNull(map.get(key), key);
  }

  private Path write(GgufWriter writer) {
    return writer.write(folder.resolve("tiny.gguf"));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void everyTypeOfValueAndEveryTensorIsRead(int version) {
    try (GgufFile file = GgufFile.open(write(writer().version(version)))) {
      assertEquals(version, file.version());
      var values = file.metadata().values();
      assertEquals("-3", required(values, "byte").describe());
      assertEquals("-300", required(values, "short").describe());
      assertEquals("4294967294", required(values, "whole").describe());
      assertEquals("-5000000000", required(values, "long").describe());
      assertEquals(1e-5, file.metadata().number("real"));
      assertEquals(0.1, file.metadata().number("double"));
      assertTrue(file.metadata().flag("flag", false));
      assertEquals(List.of("▁é", "", "b"), file.metadata().texts("texts"));
      assertEquals(
          "[Items[values=[Whole[value=1], Whole[value=2]]], Items[values=[Whole[value=3]]]]",
          ((GgufValue.Items) required(values, "nested")).values().toString());
      assertEquals(List.of("a", "b", "c"), List.copyOf(file.tensors().keySet()));
      GgufTensor a = required(file.tensors(), "a");
      assertEquals(List.of(2L, 3L), a.dimensions());
      float[] part = new float[5];
      file.elements(a).read(2, part, 1, 3);
      assertArrayEquals(new float[] {0, 3, 4, 5, 0}, part);
    }
  }

  /** However a tensor is asked for, and wherever regions of the map end. */
  @Test
  void partsOfAQuantizedTensorAreThoseOfTheWhole() throws IOException {
    byte[] stored = new byte[3 * 47 * 34];
    new SplittableRandom(3).nextBytes(stored);
    Path path =
        write(new GgufWriter().with("k", 1).tensor("q", GgmlType.Q8_0.id(), stored, 3, 47 * 32));
    float[] whole = new float[3 * 47 * 32];
    GgmlType.Q8_0.decoder().decode(stored, 3 * 47, whole, 0);
    try (GgufFile file = GgufFile.open(path);
        FileChannel channel = FileChannel.open(path)) {
      GgufTensor tensor = required(file.tensors(), "q");
      assertEquals(whole.length, tensor.elements());
      for (long region : new long[] {1 << 28, 1000, 34}) {
        ElementSource elements = new MappedBlocks(path, channel, tensor, region);
        float[] parts = new float[whole.length];
        for (int from = 0, blocks = 1; from < parts.length; from += blocks * 32, blocks += 3) {
          blocks = Math.min(blocks, (parts.length - from) / 32);
          elements.read(from, parts, from, blocks * 32);
        }
        assertArrayEquals(whole, parts);
        elements.read(64, parts, 0, 32); // and back again
        assertEquals(whole[64], parts[0]);
        assertThrows(IllegalArgumentException.class, () -> elements.read(16, whole, 0, 32));
      }
    }
  }

  @Test
  void aFileCutShortAnywhereIsRefused() throws IOException {
    byte[] whole = writer().bytes();
    // The last 28 bytes pad the last tensor's 68 to 96: nothing is lost with them.
    int needed = whole.length - 28;
    for (int length = 0; length < needed; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      String message = Messages.of(InputException.class, () -> head(cut));
      assertEquals(1, message.lines().count(), message);
      assertTrue(message.startsWith("memory: ") && message.contains("found"), message);
    }
    assertEquals(3, head(Arrays.copyOf(whole, needed)).tensors().size());
    refused(Files.write(folder.resolve("cut.gguf"), Arrays.copyOf(whole, needed - 1)));
    GgufFile.open(Files.write(folder.resolve("whole.gguf"), Arrays.copyOf(whole, needed))).close();
  }

  private static GgufHeader head(byte[] file) {
    return GgufHeader.read(
        Path.of("memory"), ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN), file.length);
  }

  /** Whatever byte of the head is damaged, nothing but an InputException comes of it. */
  @Test
  void aDamagedHeadIsReadOrRefusedAndNothingElse() {
    byte[] whole = writer().bytes();
    int refused = 0;
    for (int at = 0; at < whole.length - 3 * 32; at++) {
      for (int flip : new int[] {1, 2, 0x10, 0x80, 0xff}) {
        byte[] damaged = whole.clone();
        damaged[at] ^= (byte) flip;
        try {
          assertEquals(3, head(damaged).tensors().size());
        } catch (InputException e) {
          refused++;
          assertEquals(1, String.valueOf(e.getMessage()).lines().count(), e.getMessage());
        }
      }
    }
    assertTrue(refused > 1000, "refused " + refused);
  }

  private static String refused(Path file) {
    String message = Messages.of(InputException.class, () -> GgufFile.open(file).close());
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.startsWith(file + ": "), message);
    return message;
  }

  private void refusedFor(String part, GgufWriter writer) {
    String message = refused(write(writer));
    assertTrue(message.contains(part), message);
  }

  @Test
  void messagesSayWhatIsWrong() throws IOException {
    refusedFor("expected GGUF version 2 or 3, found 1;", writer().version(1));
    refusedFor("found version 3 in big-endian order;", writer().version(0x03000000));
    refusedFor(
        "tensor q: expected one of the types F32, F16, Q4_0, Q8_0, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K,"
            + " IQ2_XXS, BF16, found IQ4_XS; take the model in one of these",
        writer().tensor("q", 23, new byte[136], 256));
    refusedFor("found the unknown number 77;", writer().tensor("q", 77, new byte[4], 1));
    refusedFor(
        "tensor q: expected rows that are whole Q6_K blocks of 256, found rows of 128",
        writer().tensor("q", 14, new byte[210], 2, 128));
    refusedFor(
        "tensor q: expected dimensions of 1 and more, found [0]",
        writer().tensor("q", 0, new byte[0], 0));
    refusedFor(
        "tensor q: expected fewer than 2⁶³ bytes, found the shape",
        writer().tensor("q", 0, new byte[0], 1L << 40, 1L << 40));
    refusedFor(
        "tensor q: expected 1 to 4 dimensions, found 5",
        writer().tensor("q", 0, new byte[4], 1, 1, 1, 1, 1));
    refusedFor(
        "tensor b: expected an offset that is a multiple of 32, found 48", writer().misplaced(16));
    refusedFor("expected key 11 without control characters", writer().with("a\nb", true));
    refusedFor("right behind the one before it", writer().misplaced(-32).without("c"));
    refusedFor("tensor c: expected its 68 bytes from offset", writer().misplaced(96));
    refusedFor(
        "general.alignment: expected a power of two, found 24",
        writer().with("general.alignment", 24));
    Path magic = Files.writeString(folder.resolve("x"), "GGML and more than enough after it");
    assertTrue(refused(magic).contains("expected the four letters GGUF"), refused(magic));
    byte[] long1 = Arrays.copyOf(writer().bytes(), writer().bytes().length + 1);
    assertTrue(refused(Files.write(folder.resolve("y"), long1)).contains(" bytes, found "));
    assertTrue(
        Messages.of(InputException.class, () -> GgufFile.open(folder)).contains("found a folder"));
    assertTrue(
        Messages.of(InputException.class, () -> GgufFile.open(folder.resolve("none")))
            .contains("no such file"));
  }

  @Test
  void aDamagedLengthTakesNoMemory() {
    byte[] array = Arrays.copyOf(new GgufWriter().with("a", List.of()).bytes(), 5_000_000);
    // Behind the head of 24 bytes: the key (9), its type (4), the entries' type (4), the length.
    ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN).putLong(24 + 17, 4_500_000);
    assertTrue(
        Messages.of(InputException.class, () -> head(array))
            .contains("expected at most 4194304 entries in all arrays, found the array of a of"));
    byte[] text = Arrays.copyOf(new GgufWriter().with("a", "").bytes(), 17_500_000);
    ByteBuffer.wrap(text).order(ByteOrder.LITTLE_ENDIAN).putLong(24 + 13, 17_000_000);
    assertTrue(
        Messages.of(InputException.class, () -> head(text))
            .contains("expected texts of at most 16777216 bytes, found a of 17000000;"));
  }

  @Test
  void aTwiceNamedKeyOrTensorIsRefused() throws IOException {
    byte[] bytes = writer().with("flaG", true).bytes();
    replace(bytes, "flaG", "flag");
    Path file = Files.write(folder.resolve("twice.gguf"), bytes);
    assertTrue(refused(file).contains("expected each key once, found flag twice"));
    byte[] tensors = writer().bytes();
    // "b" follows its length, 1, and is followed by one dimension.
    replace(tensors, "\1\0\0\0\0\0\0\0b\1", "\1\0\0\0\0\0\0\0a\1");
    Files.write(file, tensors);
    assertTrue(refused(file).contains("expected each tensor once, found a twice"));
  }

  private static void replace(byte[] bytes, String from, String to) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int at = text.indexOf(from);
    assertTrue(at > 0);
    System.arraycopy(to.getBytes(StandardCharsets.ISO_8859_1), 0, bytes, at, to.length());
  }

  @Test
  void textsOfTheFileStayOnOneLineOfAMessage() {
    GgufWriter writer = new GgufWriter().with("k", "a\nb").f32("a", new float[1], 1);
    try (GgufFile file = GgufFile.open(write(writer))) {
      String message = file.metadata().wrong("k", "c", file.metadata().text("k")).getMessage() + "";
      assertTrue(message.contains("k: expected c, found a?b; take"), message);
    }
  }

  @Test
  void aKeyOfAnotherTypeIsNamed() {
    try (GgufFile file = GgufFile.open(write(writer()))) {
      String message =
          Messages.of(InputException.class, () -> file.metadata().positive("general.architecture"));
      assertTrue(
          message.contains(
              "general.architecture: expected an integer from 0 to 2147483647, found the text"
                  + " 'llama'; take a file"),
          message);
      assertTrue(
          Messages.of(InputException.class, () -> file.metadata().positive("whole"))
              .contains("found 4294967294;"));
      assertTrue(
          Messages.of(InputException.class, () -> file.metadata().text("none"))
              .contains("none: expected a text, found none;"));
    }
  }
}

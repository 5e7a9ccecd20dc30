package io.gnomon.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellPredictionsTest {
  private static final List<String> THREE = List.of("a b", "c", "d");

  @TempDir Path folder;

  /** Two bits a class of three, six of confidence: 10 bits a text, 30 in all, so 4 bytes. */
  @Test
  void byHand() throws IOException {
    double[][] h = {{0.2, 0.7, 0.1}, {1.0 / 3, 1.0 / 3, 1.0 / 3}, {0, 0, 1}};
    Path file = folder.resolve("predictions.txt");
    ClassPredictions.of(THREE, new int[] {1, 2, 0}, h).write(file);
    // 0.7 is 0.55 of the way from 1/3 to 1: step 35 of 63. Gold, predicted, confidence:
    // 01 01 100011 · 10 00 000000 · 00 10 111111 · 00
    String base64 =
        java.util.Base64.getEncoder()
            .encodeToString(
                new byte[] {0b01011000, (byte) 0b11100000, 0b00000010, (byte) 0b11111100});
    assertEquals(
        "gnomon predictions 1\nclasses a b\tc\td\ntexts 3\n" + base64 + "\n",
        Files.readString(file));
    ClassPredictions read = ClassPredictions.read(file);
    assertEquals(THREE, read.classes());
    assertArrayEquals(new int[] {1, 2, 0}, read.gold());
    assertArrayEquals(new int[] {1, 0, 2}, read.predicted());
    assertArrayEquals(new boolean[] {true, false, false}, read.right());
    assertEquals(0.7, read.confidence(0), 1.0 / 63 / 2 * 2 / 3);
    assertEquals(1.0 / 3, read.confidence(1), 1e-12);
    assertEquals(1, read.confidence(2), 1e-12);
  }

  @Test
  void theWholeOfImdbIsSmall() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    int n = 25_000;
    int[] gold = new int[n];
    double[][] h = new double[n][2];
    for (int i = 0; i < n; i++) {
      gold[i] = random.nextInt(2);
      h[i][0] = random.nextDouble();
      h[i][1] = 1 - h[i][0];
    }
    ClassPredictions kept = ClassPredictions.of(List.of("positive", "negative"), gold, h);
    Path file = folder.resolve("predictions.txt");
    kept.write(file);
    assertTrue(Files.size(file) <= 40_000, () -> "bytes of " + file);
    ClassPredictions read = ClassPredictions.read(file);
    assertArrayEquals(gold, read.gold());
    assertArrayEquals(kept.predicted(), read.predicted());
    Path again = folder.resolve("again.txt");
    read.write(again);
    assertEquals(-1, Files.mismatch(file, again));
  }

  /** Three labels there, three given: 6 bits a text, 12 in all, so 2 bytes. */
  @Test
  void severalLabelsByHand() throws IOException {
    boolean[][] gold = {{true, false, true}, {false, true, false}};
    boolean[][] given = {{true, false, true}, {false, true, true}};
    Path file = folder.resolve("predictions.txt");
    new LabelPredictions(THREE, gold, given).write(file);
    // 101 101 · 010 011 · 0000
    String base64 =
        java.util.Base64.getEncoder().encodeToString(new byte[] {(byte) 0b10110101, 0b00110000});
    assertEquals(
        "gnomon labels 1\nclasses a b\tc\td\ntexts 2\n" + base64 + "\n", Files.readString(file));
    CellPredictions read = CellPredictions.read(file);
    assertEquals(THREE, read.classes());
    assertArrayEquals(new boolean[] {true, false}, read.right());
    assertTrue(read.sameGold(new LabelPredictions(THREE, gold, gold)));
    assertFalse(read.sameGold(new LabelPredictions(THREE, given, given)));
    assertThrows(InputException.class, () -> ClassPredictions.read(file));
    Files.writeString(file, Files.readString(file).replace("texts 2", "texts 5"));
    assertThrows(InputException.class, () -> CellPredictions.read(file));
  }

  @Test
  void damageIsSaidInOneLine() throws IOException {
    Path file = folder.resolve("predictions.txt");
    ClassPredictions.of(THREE, new int[] {1}, new double[][] {{0.2, 0.7, 0.1}}).write(file);
    String good = Files.readString(file);
    for (String bad :
        List.of(
            "",
            good.replace("texts 1", "texts 2"),
            good.replace("texts 1", "texts one"),
            good.replace("gnomon", "other"),
            good.strip() + "!\n")) {
      Files.writeString(file, bad);
      InputException refused =
          assertThrows(InputException.class, () -> ClassPredictions.read(file), bad);
      assertTrue(
          String.valueOf(refused.getMessage()).startsWith(file + ": expected predictions as"));
    }
  }
}

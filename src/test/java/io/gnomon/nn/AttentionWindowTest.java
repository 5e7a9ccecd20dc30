package io.gnomon.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AttentionWindowTest {
  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final Rope rope = new Rope(100, new Rope.Plain());
  private final RopeTables tables = new RopeTables(rope, 2);

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void aQuerySeesThePastAndWhatStandsBeforeIt() {
    try (AttentionWindow window = AttentionWindow.causal(manager, tables, 2, 3)) {
      assertEquals(new Shape(1, 1, 3, 5), window.mask().getShape());
      assertEquals("11100 11110 11111", picture(window, 5));
      assertEquals(new Shape(1, 1, 3, 2), window.cos().getShape());
      assertPositions(window, 2, 3, 4);
    }
  }

  @Test
  void aSuffixStandsAndSeesAsIfThePaddingWereNotThere() {
    int[] lengths = {3, 1};
    try (AttentionWindow window = AttentionWindow.padded(manager, tables, 1, lengths, 3, 2)) {
      assertEquals(new Shape(2, 1, 5, 6), window.mask().getShape());
      assertEquals(
          "110000 111000 111100 111110 111111 " // nothing padded
              + "110000 111000 110100 110010 110011", // padding sees itself, and nobody sees it
          picture(window, 6));
      assertPositions(window, 1, 2, 3, 4, 5, 1, 2, 3, 2, 3);
    }
  }

  @Test
  void endingsStandSideBySideAndSeeTheInputAndThemselves() {
    int[] lengths = {2, 1};
    int[] sizes = {2, 1};
    try (AttentionWindow window = AttentionWindow.endings(manager, tables, 1, 2, lengths, sizes)) {
      assertEquals(new Shape(2, 1, 3, 6), window.mask().getShape());
      assertEquals("111100 111110 111001 110100 110110 110001", picture(window, 6));
      assertPositions(window, 3, 4, 3, 2, 3, 2);
    }
    int[] alike = {2, 2};
    try (AttentionWindow window = AttentionWindow.endings(manager, tables, 1, 2, alike, sizes)) {
      assertEquals("111100 111110 111001", picture(window, 6)); // one window for all rows
    }
  }

  private void assertPositions(AttentionWindow window, int... positions) {
    float[] cos = new float[positions.length * 2];
    float[] sin = new float[positions.length * 2];
    for (int i = 0; i < positions.length; i++) {
      cos[2 * i] = cos[2 * i + 1] = (float) Math.cos(positions[i]);
      sin[2 * i] = sin[2 * i + 1] = (float) Math.sin(positions[i]);
    }
    assertArrayEquals(cos, window.cos().toFloatArray(), 1e-6f);
    assertArrayEquals(sin, window.sin().toFloatArray(), 1e-6f);
  }

  /** A digit a key, a word a query. */
  private static String picture(AttentionWindow window, int keys) {
    boolean[] mask = window.mask().toBooleanArray();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < mask.length; i++) {
      text.append(i > 0 && i % keys == 0 ? " " : "").append(mask[i] ? '1' : '0');
    }
    return text.toString();
  }
}

package io.gnomon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What notebooks draw and tabulate with. */
class NotebookPlotsTest {
  /** Columns of the picture, 0 … 1, that hold a colour: the first and the last. */
  private static double[] columns(BufferedImage image, Color colour) {
    int[] found =
        IntStream.range(0, image.getWidth())
            .filter(
                x ->
                    IntStream.range(0, 3 * image.getHeight() / 4)
                        .anyMatch(y -> image.getRGB(x, y) == colour.getRGB()))
            .toArray();
    assertTrue(found.length > 0, () -> "nothing in " + colour);
    double width = image.getWidth();
    return new double[] {found[0] / width, found[found.length - 1] / width};
  }

  @Test
  void aLineGoesFromItsFirstPointToItsLast() {
    BufferedImage image =
        XyPlot.of("x", "y")
            .line("a", new double[] {0, 1}, new double[] {2, 3})
            .dot("b", 0.5, 2.5)
            .across(2.9)
            .image();
    double[] line = columns(image, Palette.of(0));
    assertTrue(line[0] < 0.2 && line[1] > 0.9, () -> line[0] + " to " + line[1]);
    BufferedImage second = XyPlot.of("x", "y").names(List.of("a", "b")).dot("b", 1, 2).image();
    assertTrue(columns(second, Palette.of(1))[0] > 0.2);
    double[] dot = columns(image, Palette.of(1));
    assertTrue(dot[1] - dot[0] < 0.05 && Math.abs(dot[0] - 0.53) < 0.05, () -> "at " + dot[0]);
  }

  @Test
  void dotsStandInTheirPanelByValue() {
    DotPlot plot =
        DotPlot.empty()
            .dot("left", "one", "red", 1)
            .dot("left", "two", "red", 3, 2.5, 3.5)
            .dot("right", "one", "blue", 7)
            .floor("right", "one", "blue", 9);
    BufferedImage image = plot.image();
    double[] red = columns(image, Palette.of(0));
    double[] blue = columns(image, Palette.of(1));
    assertTrue(red[0] < 0.4 && red[1] < 0.6 && red[1] - red[0] > 0.1, () -> "red to " + red[1]);
    assertTrue(blue[0] > 0.52, () -> "blue from " + blue[0]);
  }

  @Test
  void aGridHoldsAllPictures() {
    BufferedImage one = XyPlot.of("x", "y").dot("a", 1, 2).title("t").size(200, 110).image();
    BufferedImage grid = PictureGrid.of(2, List.of(one, one, one));
    assertEquals(2 * 400, grid.getWidth());
    assertEquals(2 * 220, grid.getHeight());
    assertEquals(Color.WHITE.getRGB(), grid.getRGB(799, 439));
    assertThrows(IllegalArgumentException.class, () -> PictureGrid.of(2, List.of()));
  }

  @Test
  void nothingIsNoPicture() {
    assertThrows(IllegalArgumentException.class, () -> DotPlot.empty().image());
    assertThrows(IllegalArgumentException.class, () -> XyPlot.of("x", "y").image());
    assertThrows(
        IllegalArgumentException.class,
        () -> XyPlot.of("x", "y").line("a", new double[1], new double[2]));
  }

  @Test
  void aTableIsTextAndHtml() {
    Table table = Table.of("name", "n").row("a & b", 12345).row("c", null).row("d", 1.0625);
    assertEquals("name        n\na & b  12,345\nc           –\nd       1.063", table.toString());
    String row =
        "<tr><td style=\"text-align: left\">a &amp; b</td>"
            + "<td style=\"text-align: right\">12,345</td>";
    assertTrue(table.html().contains(row), table::html);
    assertEquals(3, table.size());
    Table words = Table.of("n", "word").row("+1.5", "b").row("< 0.1", "ccc");
    assertEquals("    n  word\n +1.5  b\n< 0.1  ccc", words.toString());
    assertThrows(IllegalArgumentException.class, () -> table.row("too short"));
  }
}

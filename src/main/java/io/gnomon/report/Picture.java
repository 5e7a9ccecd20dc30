package io.gnomon.report;

import io.gnomon.checkpoint.AtomicFiles;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import org.apache.batik.dom.GenericDOMImplementation;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.text.TextUtils;
import org.w3c.dom.Document;

/**
 * A chart as files: PNG at twice the nominal resolution, and SVG with its text as text. The same
 * chart gives the same bytes on the same machine.
 */
record Picture(JFreeChart chart, int width, int height) {
  private static final int SCALE = 2;

  /** The chart that {@code drawn} makes, with Java's drawing set up before. */
  static Picture of(Supplier<JFreeChart> drawn, int width, int height) {
    // Without this a machine with a display variable and no display fails.
    System.setProperty("java.awt.headless", "true");
    // Rotated axis labels as text, which a reader can search and an editor can change.
    TextUtils.setUseDrawRotatedStringWorkaround(false);
    return new Picture(drawn.get(), width, height);
  }

  /** Writes both files: {@code .png} and {@code .svg} are added to the path. */
  void write(Path outWithoutExtension) {
    byte[] png = png();
    byte[] svg = svg();
    AtomicFiles.write(sibling(outWithoutExtension, ".png"), out -> out.write(png));
    AtomicFiles.write(sibling(outWithoutExtension, ".svg"), out -> out.write(svg));
  }

  private static Path sibling(Path path, String extension) {
    return path.resolveSibling(path.getFileName() + extension);
  }

  /** The chart at twice the nominal resolution. */
  BufferedImage image() {
    BufferedImage image =
        new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.scale(SCALE, SCALE);
      graphics.setRenderingHint(
          RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      chart.draw(graphics, new Rectangle2D.Double(0, 0, width, height));
      return image;
    } finally {
      graphics.dispose();
    }
  }

  private byte[] png() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image(), "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private byte[] svg() {
    Document document =
        GenericDOMImplementation.getDOMImplementation()
            .createDocument("http://www.w3.org/2000/svg", "svg", null);
    SVGGraphics2D graphics = new SVGGraphics2D(document);
    graphics.setSVGCanvasSize(new Dimension(width, height));
    chart.draw(graphics, new Rectangle2D.Double(0, 0, width, height));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
      graphics.stream(writer, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      graphics.dispose();
    }
    return out.toByteArray();
  }
}

package io.gnomon.report;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.config.InputException;
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
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.batik.dom.GenericDOMImplementation;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.text.TextUtils;
import org.w3c.dom.Document;

/**
 * The figure of a projection: α with its floor, ‖h‖ and c against steps (the paper, Section 5), as
 * PNG at twice the nominal resolution and as SVG with its text as text.
 *
 * <p>Several runs are overlaid. Runs whose resolved configurations differ in the seed alone are one
 * curve: their mean, with a 95% band (Student's t). The same folders give the same bytes on the
 * same machine.
 */
public final class AnglePlot {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 720;
  private static final int SCALE = 2;

  private AnglePlot() {}

  /**
   * Draws {@code runs}.
   *
   * @param runs run folders, each with {@code trace.jsonl} and {@code config.yaml}
   * @param outWithoutExtension the picture's path; {@code .png} and {@code .svg} are added
   * @throws InputException when no run is given, or one has fewer than two rows or cannot be read
   */
  public static void write(List<Path> runs, Path outWithoutExtension) {
    // Without this a machine with a display variable and no display fails.
    System.setProperty("java.awt.headless", "true");
    // Rotated axis labels as text, which a reader can search and an editor can change.
    TextUtils.setUseDrawRotatedStringWorkaround(false);
    if (runs.isEmpty()) {
      throw new InputException("plot: expected at least one run folder, found none");
    }
    JFreeChart chart = AngleChart.of(RunGroup.of(read(runs)));
    byte[] png = png(chart);
    byte[] svg = svg(chart);
    AtomicFiles.write(sibling(outWithoutExtension, ".png"), out -> out.write(png));
    AtomicFiles.write(sibling(outWithoutExtension, ".svg"), out -> out.write(svg));
  }

  /** Each folder once: a run named twice is not two seeds. */
  private static List<Run> read(List<Path> runs) {
    return runs.stream()
        .map(run -> run.toAbsolutePath().normalize())
        .distinct()
        .map(Run::read)
        .toList();
  }

  private static Path sibling(Path path, String extension) {
    return path.resolveSibling(path.getFileName() + extension);
  }

  private static byte[] png(JFreeChart chart) {
    BufferedImage image =
        new BufferedImage(SCALE * WIDTH, SCALE * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.scale(SCALE, SCALE);
      graphics.setRenderingHint(
          RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      chart.draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(image, "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      graphics.dispose();
    }
  }

  private static byte[] svg(JFreeChart chart) {
    Document document =
        GenericDOMImplementation.getDOMImplementation()
            .createDocument("http://www.w3.org/2000/svg", "svg", null);
    SVGGraphics2D graphics = new SVGGraphics2D(document);
    graphics.setSVGCanvasSize(new Dimension(WIDTH, HEIGHT));
    chart.draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
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

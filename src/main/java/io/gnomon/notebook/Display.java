package io.gnomon.notebook;

import io.gnomon.report.Table;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import javax.imageio.ImageIO;

/** A value as a notebook shows it: an image, a table, or its own words. */
final class Display {
  static final String TEXT = "text/plain";
  static final String HTML = "text/html";
  static final String PNG = "image/png";

  /** Wider than this, an image is brought down: a page is never so wide, and the file is kept. */
  static final int WIDEST = 2000;

  /** From here on an image is taken for one of twice the resolution, as this library draws. */
  private static final int DOUBLE = 1000;

  private Display() {}

  static Output.Value of(Object value) {
    if (value instanceof RenderedImage image) {
      return image(image);
    }
    if (value instanceof Table table) {
      return text(Map.of(TEXT, table.toString(), HTML, table.html()));
    }
    return text(Map.of(TEXT, String.valueOf(value)));
  }

  private static Output.Value text(Map<String, String> data) {
    return new Output.Value(data, 0, 0);
  }

  private static Output.Value image(RenderedImage given) {
    RenderedImage image = given.getWidth() > WIDEST ? scaled(given) : given;
    int scale = image.getWidth() >= DOUBLE ? 2 : 1;
    int width = image.getWidth() / scale;
    int height = image.getHeight() / scale;
    String words = "image, " + width + " × " + height;
    return new Output.Value(Map.of(TEXT, words, PNG, base64(image)), width, height);
  }

  private static RenderedImage scaled(RenderedImage image) {
    double scale = (double) WIDEST / image.getWidth();
    int height = (int) Math.max(1, Math.round(scale * image.getHeight()));
    BufferedImage smaller = new BufferedImage(WIDEST, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = smaller.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawRenderedImage(image, AffineTransform.getScaleInstance(scale, scale));
    graphics.dispose();
    return smaller;
  }

  private static String base64(RenderedImage image) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(png.toByteArray());
  }
}

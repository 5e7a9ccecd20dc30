package io.gnomon.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Several pictures as one, row by row, for a notebook: a cell shows one. */
public final class PictureGrid {
  private PictureGrid() {}

  /**
   * The pictures beside and below one another, each column as wide as the widest.
   *
   * @throws IllegalArgumentException when there is no picture, or no column
   */
  public static BufferedImage of(int columns, List<BufferedImage> pictures) {
    if (pictures.isEmpty() || columns < 1) {
      throw new IllegalArgumentException(
          "a grid needs a picture and a column, got %d and %d".formatted(pictures.size(), columns));
    }
    int width = pictures.stream().mapToInt(BufferedImage::getWidth).max().orElseThrow();
    int height = pictures.stream().mapToInt(BufferedImage::getHeight).max().orElseThrow();
    int across = Math.min(columns, pictures.size());
    int rows = (pictures.size() + across - 1) / across;
    BufferedImage grid =
        new BufferedImage(across * width, rows * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = grid.createGraphics();
    try {
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, grid.getWidth(), grid.getHeight());
      for (int i = 0; i < pictures.size(); i++) {
        graphics.drawImage(pictures.get(i), i % across * width, i / across * height, null);
      }
      return grid;
    } finally {
      graphics.dispose();
    }
  }
}

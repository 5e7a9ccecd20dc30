package io.gnomon.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;

/** Colours, lines and type of all plots. */
final class Palette {
  /**
   * M. Okabe and K. Ito, "Color Universal Design" (2008): told apart by colour-blind readers as
   * well. Their yellow is left out, being too pale for a line on white.
   */
  private static final List<Color> OKABE_ITO =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9),
          new Color(0x000000));

  /** Colours before they repeat. */
  static final int COUNT = OKABE_ITO.size();

  static final Color INK = new Color(0x222222);
  static final Color GRID = new Color(0xE3E3E3);
  static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  static final Font TICK = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

  static final BasicStroke SOLID = stroke(1.8f);
  static final BasicStroke DASHED = stroke(1.8f, 7, 3.5f);
  static final BasicStroke DOTTED = stroke(1.3f, 1.3f, 3f);
  static final BasicStroke DASH_DOTTED = stroke(1.3f, 7, 3, 1.3f, 3);
  static final BasicStroke THIN_SOLID = stroke(1.1f);
  static final BasicStroke THIN_DASHED = stroke(1.1f, 4, 3);

  private Palette() {}

  /** The colour of group {@code index}; they repeat after the seventh. */
  static Color of(int index) {
    return OKABE_ITO.get(index % OKABE_ITO.size());
  }

  private static BasicStroke stroke(float width, float... dash) {
    return dash.length == 0
        ? new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND)
        : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0);
  }
}

package io.gnomon.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.GeneralPath;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/** Dots, their legend and the sheet that they are on. */
final class Marks {
  private static final double SIZE = 7;
  private static final Shape LINE = new Line2D.Double(-12, 0, 12, 0);

  private Marks() {}

  /** The shape of group {@code index}: with {@link Palette#of} 28 groups are told apart. */
  static Shape shape(int index) {
    double half = SIZE / 2;
    return switch (index % 4) {
      case 0 -> new Ellipse2D.Double(-half, -half, SIZE, SIZE);
      case 1 -> new Rectangle2D.Double(-half + 0.3, -half + 0.3, SIZE - 0.6, SIZE - 0.6);
      case 2 -> polygon(0, -half - 0.6, half + 0.6, half, -half - 0.6, half);
      default -> polygon(0, -half - 1, half + 1, 0, 0, half + 1, -half - 1, 0);
    };
  }

  private static Shape polygon(double... points) {
    GeneralPath path = new GeneralPath();
    path.moveTo(points[0], points[1]);
    for (int i = 2; i < points.length; i += 2) {
      path.lineTo(points[i], points[i + 1]);
    }
    path.closePath();
    return path;
  }

  /** A line's entry in a legend. */
  static LegendItem line(String name, Paint paint, BasicStroke stroke) {
    return styled(new LegendItem(name, null, null, null, LINE, stroke, paint));
  }

  /** A dot's entry in a legend: filled, or its outline alone. */
  static LegendItem dot(String name, int index, boolean filled, Paint paint) {
    return styled(
        new LegendItem(
            name,
            null,
            null,
            null,
            true,
            shape(index),
            filled,
            paint,
            true,
            paint,
            new BasicStroke(1.2f),
            false,
            LINE,
            Palette.SOLID,
            paint));
  }

  private static LegendItem styled(LegendItem item) {
    item.setLabelFont(Palette.TICK);
    item.setLabelPaint(Palette.INK);
    return item;
  }

  /** The plot on white, with a legend below unless there is nothing to name. */
  static JFreeChart sheet(Plot plot, List<LegendItem> items) {
    JFreeChart chart = new JFreeChart(null, Palette.LABEL, plot, false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(8, 6, 6, 14));
    if (!items.isEmpty()) {
      LegendItemCollection all = new LegendItemCollection();
      items.forEach(all::add);
      LegendTitle legend = new LegendTitle(() -> all);
      legend.setPosition(RectangleEdge.BOTTOM);
      legend.setBackgroundPaint(Color.WHITE);
      legend.setItemLabelPadding(new RectangleInsets(1, 4, 1, 8));
      legend.setPadding(new RectangleInsets(2, 10, 2, 10));
      chart.addSubtitle(legend);
    }
    return chart;
  }
}

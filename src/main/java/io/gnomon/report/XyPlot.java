package io.gnomon.report;

import java.awt.BasicStroke;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.Layer;
import org.jfree.data.Range;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * One quantity against another: lines and dots, each name in a colour of its own, for a notebook.
 */
public final class XyPlot {
  private static final int TICKS = 8;

  private final String x;
  private final String y;
  private final Map<String, XYSeries> series = new LinkedHashMap<>();
  private final List<String> lines = new ArrayList<>();
  private final List<Double> across = new ArrayList<>();
  private String title = "";
  private int width = 680;
  private int height = 420;

  private XyPlot(String x, String y) {
    this.x = x;
    this.y = y;
  }

  /**
   * An empty plot.
   *
   * @param x label of the horizontal axis, with its unit
   * @param y label of the vertical axis
   */
  public static XyPlot of(String x, String y) {
    return new XyPlot(x, y);
  }

  /**
   * Adds a line through points.
   *
   * @throws IllegalArgumentException when there are not as many values of y as of x
   */
  public XyPlot line(String name, double[] xs, double[] ys) {
    if (xs.length != ys.length) {
      throw new IllegalArgumentException(
          "line %s: %d values of x, %d of y".formatted(name, xs.length, ys.length));
    }
    XYSeries points = series(name);
    for (int i = 0; i < xs.length; i++) {
      points.add(xs[i], ys[i]);
    }
    lines.add(name);
    return this;
  }

  /** Adds a dot; dots of one name have one colour and shape. */
  public XyPlot dot(String name, double x, double y) {
    series(name).add(x, y);
    return this;
  }

  /** A title above it. */
  public XyPlot title(String text) {
    title = text;
    return this;
  }

  /** Another size, before it is doubled. */
  public XyPlot size(int pixelsWide, int pixelsHigh) {
    width = pixelsWide;
    height = pixelsHigh;
    return this;
  }

  /** Names in the order of their colours, which several plots are to share, before any is added. */
  public XyPlot names(List<String> all) {
    all.forEach(this::series);
    return this;
  }

  /** Adds a thin line across, such as a floor. */
  public XyPlot across(double y) {
    across.add(y);
    return this;
  }

  private XYSeries series(String name) {
    return series.computeIfAbsent(name, key -> new XYSeries(key, false, true));
  }

  /**
   * The picture, at twice the nominal resolution.
   *
   * @throws IllegalArgumentException when there is nothing to draw
   */
  public BufferedImage image() {
    if (series.isEmpty()) {
      throw new IllegalArgumentException("a plot needs a line or a dot");
    }
    return Picture.of(this::chart, width, height).image();
  }

  private JFreeChart chart() {
    XYSeriesCollection data = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    List<LegendItem> legend = new ArrayList<>();
    for (Map.Entry<String, XYSeries> entry : series.entrySet()) {
      int index = data.getSeriesCount();
      data.addSeries(entry.getValue());
      legend.add(style(renderer, index, entry.getKey()));
    }
    NumberAxis horizontal = PanelPlot.axis(x);
    NumberAxis vertical = PanelPlot.axis(y);
    XYPlot plot = new XYPlot(data, horizontal, vertical, renderer);
    across.forEach(
        it ->
            plot.addRangeMarker(
                new ValueMarker(it, Palette.INK, Palette.DOTTED), Layer.BACKGROUND));
    PanelPlot.setRange(horizontal, aired(data.getDomainBounds(false)), TICKS);
    PanelPlot.setRange(vertical, aired(vertical(data)), TICKS);
    PanelPlot.frame(plot);
    JFreeChart chart = Marks.sheet(plot, legend);
    if (!title.isEmpty()) {
      chart.setTitle(new TextTitle(title, Palette.LABEL));
    }
    return chart;
  }

  private LegendItem style(XYLineAndShapeRenderer renderer, int index, String name) {
    boolean line = lines.contains(name);
    // The colours repeat after the seventh, and then the lines are dashed.
    BasicStroke stroke = index < Palette.COUNT ? Palette.SOLID : Palette.DASHED;
    renderer.setSeriesLinesVisible(index, line);
    renderer.setSeriesShapesVisible(index, !line);
    renderer.setSeriesStroke(index, stroke);
    renderer.setSeriesShape(index, Marks.shape(index));
    renderer.setSeriesPaint(index, Palette.of(index));
    return line
        ? Marks.line(name, Palette.of(index), stroke)
        : Marks.dot(name, index, true, Palette.of(index));
  }

  private Range vertical(XYSeriesCollection data) {
    Range range = data.getRangeBounds(false);
    for (double it : across) {
      range = Range.expandToInclude(range, it);
    }
    return range;
  }

  private static Range aired(Range range) {
    double air = Math.max(0.04 * range.getLength(), 1e-6);
    return new Range(range.getLowerBound() - air, range.getUpperBound() + air);
  }
}

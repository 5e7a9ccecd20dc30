package io.gnomon.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.SeriesRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** One panel as a JFreeChart plot. */
final class PanelPlot {
  private static final float BAND_ALPHA = 0.18f;
  private static final double PADDING = 0.06;
  private static final int MOST_TICKS = 8;

  private final Panel panel;
  private final YIntervalSeriesCollection data = new YIntervalSeriesCollection();
  private final DeviationRenderer renderer = new DeviationRenderer(true, false);
  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;

  private PanelPlot(Panel panel) {
    this.panel = panel;
    renderer.setAlpha(BAND_ALPHA);
    renderer.setDrawSeriesLineAsPath(true);
  }

  /** The panel with a curve for each group and each of its lines that was measured. */
  static XYPlot of(Panel panel, List<RunGroup> groups) {
    PanelPlot plot = new PanelPlot(panel);
    for (LineStyle line : panel.lines()) {
      for (int group = 0; group < groups.size(); group++) {
        plot.add(groups.get(group), line, Palette.of(group));
      }
    }
    return plot.finish();
  }

  private void add(RunGroup group, LineStyle line, Color colour) {
    Curve curve = Curve.of(group, line.measure());
    if (curve.isEmpty()) {
      return;
    }
    YIntervalSeries series = new YIntervalSeries(data.getSeriesCount());
    for (Curve.Point point : curve.points()) {
      double half = line.banded() ? point.half() : 0;
      series.add((double) point.step(), point.mean(), point.mean() - half, point.mean() + half);
      low = Math.min(low, point.mean() - half);
      high = Math.max(high, point.mean() + half);
    }
    int index = data.getSeriesCount();
    data.addSeries(series);
    // A floor is seen where it lies on its curve: two shades darker, and drawn over it.
    renderer.setSeriesPaint(index, line.banded() ? colour : colour.darker().darker());
    renderer.setSeriesFillPaint(index, colour);
    renderer.setSeriesStroke(index, line.stroke());
  }

  private XYPlot finish() {
    NumberAxis axis = axis(panel.axis());
    XYPlot plot = new XYPlot(data, null, axis, renderer);
    Range range = range();
    setRange(axis, range, MOST_TICKS);
    if (panel.isAngle()) {
      NumberAxis degrees = axis("degrees");
      setRange(
          degrees,
          new Range(Math.toDegrees(range.getLowerBound()), Math.toDegrees(range.getUpperBound())),
          MOST_TICKS);
      plot.setRangeAxis(1, degrees);
    }
    plot.setSeriesRenderingOrder(SeriesRenderingOrder.FORWARD);
    frame(plot);
    return plot;
  }

  /** The same frame and grid around every panel. */
  static void frame(XYPlot plot) {
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlinePaint(Palette.INK);
    plot.setOutlineStroke(new BasicStroke(0.8f));
    plot.setRangeGridlinePaint(Palette.GRID);
    plot.setDomainGridlinePaint(Palette.GRID);
    plot.setRangeGridlineStroke(new BasicStroke(0.8f));
    plot.setDomainGridlineStroke(new BasicStroke(0.8f));
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
  }

  /** All curves and bands with some air; an angle is shown from zero, as its floor is read so. */
  private Range range() {
    if (low > high) {
      return new Range(0, 1);
    }
    double bottom = panel.isAngle() ? 0 : low;
    // A curve that never moves is given a visible strip around it.
    double height = Math.max(high - bottom, 0.02 * Math.max(Math.abs(high), 1e-6));
    double under = panel.isAngle() ? 0 : PADDING * height;
    return new Range(bottom - under, bottom + (1 + PADDING) * height);
  }

  /** Ticks at 1, 2 or 5 times a power of ten, at most {@code most} steps of them. */
  static void setRange(NumberAxis axis, Range range, int most) {
    axis.setRange(range);
    double least = range.getLength() / most;
    int exponent = (int) Math.floor(Math.log10(least));
    double power = Math.pow(10, exponent);
    double factor = least <= power ? 1 : least <= 2 * power ? 2 : least <= 5 * power ? 5 : 10;
    int decimals = Math.max(0, factor == 10 ? -exponent - 1 : -exponent);
    DecimalFormat format = new DecimalFormat("0", DecimalFormatSymbols.getInstance(Locale.ROOT));
    format.setMinimumFractionDigits(decimals);
    format.setMaximumFractionDigits(decimals);
    axis.setTickUnit(new NumberTickUnit(factor * power, format));
  }

  static NumberAxis axis(String label) {
    NumberAxis axis = new NumberAxis(label);
    axis.setLabelFont(Palette.LABEL);
    axis.setTickLabelFont(Palette.TICK);
    axis.setLabelPaint(Palette.INK);
    axis.setTickLabelPaint(Palette.INK);
    axis.setAxisLineVisible(false);
    axis.setTickMarkPaint(Palette.INK);
    axis.setAutoRangeIncludesZero(false);
    return axis;
  }
}

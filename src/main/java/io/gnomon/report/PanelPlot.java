package io.gnomon.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.SeriesRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** One panel as a JFreeChart plot. */
final class PanelPlot {
  private static final float BAND_ALPHA = 0.18f;
  private static final double PADDING = 0.06;
  private static final int MOST_TICKS = 8;

  /** References that are no further apart are one line: at the same teacher and texts they are. */
  private static final double SAME = 0.002;

  /** Headroom of a panel that is cut, for what is written there. */
  private static final double HEADROOM = 0.3;

  private final Panel panel;
  private final YIntervalSeriesCollection data = new YIntervalSeriesCollection();
  private final DeviationRenderer renderer = new DeviationRenderer(true, false);
  private final List<FarCurves.Reach> reaches = new ArrayList<>();

  private PanelPlot(Panel panel) {
    this.panel = panel;
    renderer.setAlpha(BAND_ALPHA);
    renderer.setDrawSeriesLineAsPath(true);
  }

  /** The panel with a curve for each group and each of its lines that was measured. */
  static XYPlot of(Panel panel, List<RunGroup> groups) {
    PanelPlot plot = new PanelPlot(panel);
    for (LineStyle line : panel.lines()) {
      List<Curve> curves = groups.stream().map(group -> Curve.of(group, line.measure())).toList();
      if (!line.banded() && isOne(curves)) {
        curves.stream()
            .max(Comparator.comparingLong(PanelPlot::last))
            .ifPresent(longest -> plot.add(longest, line, Palette.INK, Palette.INK));
        continue;
      }
      for (int group = 0; group < groups.size(); group++) {
        Color colour = Palette.of(group);
        if (!curves.get(group).isEmpty()) {
          // A floor is seen where it lies on its curve: a shade darker, and drawn over it.
          plot.add(curves.get(group), line, colour, line.banded() ? colour : colour.darker());
        }
      }
    }
    return plot.finish();
  }

  /** Whether several groups share a reference, to the width of its line. */
  private static boolean isOne(List<Curve> curves) {
    double[] means =
        curves.stream()
            .flatMap(curve -> curve.points().stream())
            .mapToDouble(Curve.Point::mean)
            .sorted()
            .toArray();
    long drawn = curves.stream().filter(curve -> !curve.isEmpty()).count();
    return drawn > 1 && means[means.length - 1] - means[0] < SAME;
  }

  private static long last(Curve curve) {
    return curve.isEmpty() ? -1 : curve.points().get(curve.points().size() - 1).step();
  }

  private void add(Curve curve, LineStyle line, Color band, Color colour) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    YIntervalSeries series = new YIntervalSeries(data.getSeriesCount());
    for (Curve.Point point : curve.points()) {
      double half = line.banded() ? point.half() : 0;
      series.add((double) point.step(), point.mean(), point.mean() - half, point.mean() + half);
      low = Math.min(low, point.mean() - half);
      high = Math.max(high, point.mean() + half);
    }
    Curve.Point end = curve.points().get(curve.points().size() - 1);
    reaches.add(new FarCurves.Reach(colour, low, high, end));
    int index = data.getSeriesCount();
    data.addSeries(series);
    renderer.setSeriesPaint(index, colour);
    renderer.setSeriesFillPaint(index, band);
    renderer.setSeriesStroke(index, line.stroke());
  }

  private XYPlot finish() {
    NumberAxis axis = axis(panel.axis());
    XYPlot plot = new XYPlot(data, null, axis, renderer);
    FarCurves curves = new FarCurves(panel.cut() ? reaches : List.of());
    Range range = range(curves);
    setRange(axis, range, MOST_TICKS);
    tell(curves.far(), plot, range);
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

  /** What curves end at that leave the panel. */
  private void tell(List<FarCurves.Reach> far, XYPlot plot, Range range) {
    long last = reaches.stream().mapToLong(it -> it.end().step()).max().orElse(0);
    double line = HEADROOM / 2 * range.getLength() / (1 + HEADROOM);
    for (int i = 0; i < far.size(); i++) {
      FarCurves.Reach it = far.get(i);
      double y = range.getUpperBound() - (i + 0.6) * line;
      String words = String.format(Locale.ROOT, " ↑ ends at %.2f ", it.end().mean());
      XYTextAnnotation text = new XYTextAnnotation(words, (double) it.end().step(), y);
      text.setFont(Palette.TICK);
      text.setPaint(it.colour());
      boolean left = 2 * it.end().step() < last;
      text.setTextAnchor(left ? TextAnchor.CENTER_LEFT : TextAnchor.CENTER_RIGHT);
      plot.addAnnotation(text);
    }
  }

  /**
   * All curves and bands with some air, but for far ones; an angle is shown from zero, as its floor
   * is read so.
   */
  private Range range(FarCurves parted) {
    if (reaches.isEmpty()) {
      return new Range(0, 1);
    }
    boolean cut = !parted.far().isEmpty();
    double low =
        cut ? parted.low() : reaches.stream().mapToDouble(FarCurves.Reach::low).min().orElse(0);
    double high =
        cut ? parted.high() : reaches.stream().mapToDouble(FarCurves.Reach::high).max().orElse(1);
    double bottom = panel.isAngle() ? 0 : low;
    // A curve that never moves is given a visible strip around it.
    double height = Math.max(high - bottom, 0.02 * Math.max(Math.abs(high), 1e-6));
    double under = panel.isAngle() ? 0 : PADDING * height;
    return new Range(bottom - under, bottom + (1 + (cut ? HEADROOM : PADDING)) * height);
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

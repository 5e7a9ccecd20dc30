package io.gnomon.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.Range;
import org.jfree.data.xy.XIntervalSeries;
import org.jfree.data.xy.XIntervalSeriesCollection;

/** One panel of a {@link DotPlot}. */
final class DotPanel {
  /** Share of a row's height that its groups take together. */
  private static final double ROW = 0.66;

  private static final int TICKS = 6;

  private DotPanel() {}

  static XYPlot of(String label, List<DotPlot.Dot> dots, List<String> names, List<String> groups) {
    XYErrorRenderer intervals = new XYErrorRenderer();
    intervals.setDrawYError(false);
    intervals.setCapLength(4);
    intervals.setErrorStroke(new BasicStroke(1.2f));
    XIntervalSeriesCollection data = new XIntervalSeriesCollection();
    XIntervalSeriesCollection floors = new XIntervalSeriesCollection();
    XYLineAndShapeRenderer hollow = new XYLineAndShapeRenderer(false, true);
    hollow.setUseFillPaint(true);
    for (int group = 0; group < groups.size(); group++) {
      data.addSeries(series(dots, false, group, names, groups));
      floors.addSeries(series(dots, true, group, names, groups));
      for (XYLineAndShapeRenderer renderer : List.of(intervals, hollow)) {
        renderer.setSeriesShape(group, Marks.shape(group));
        renderer.setSeriesPaint(group, Palette.of(group));
      }
      hollow.setSeriesFillPaint(group, Color.WHITE);
    }
    NumberAxis axis = PanelPlot.axis(label);
    XYPlot plot = new XYPlot(data, axis, null, intervals);
    plot.setDataset(1, floors);
    plot.setRenderer(1, hollow);
    PanelPlot.setRange(axis, range(dots), TICKS);
    PanelPlot.frame(plot);
    return plot;
  }

  private static XIntervalSeries series(
      List<DotPlot.Dot> dots, boolean floor, int group, List<String> names, List<String> groups) {
    XIntervalSeries series = new XIntervalSeries(group);
    double place = ROW * ((group + 0.5) / groups.size() - 0.5);
    for (DotPlot.Dot dot : dots) {
      if (dot.floor() == floor && dot.group().equals(groups.get(group))) {
        series.add(dot.value(), dot.low(), dot.high(), names.indexOf(dot.name()) + place);
      }
    }
    return series;
  }

  /** From zero where that is near, else what is there; with some air. */
  private static Range range(List<DotPlot.Dot> dots) {
    double low = dots.stream().mapToDouble(DotPlot.Dot::low).min().orElse(0);
    double high = dots.stream().mapToDouble(DotPlot.Dot::high).max().orElse(1);
    boolean fromZero = low >= 0 && low < 0.5 * high;
    double bottom = fromZero ? 0 : low;
    double air = Math.max(0.06 * (high - bottom), 1e-3 * Math.max(Math.abs(high), 1e-3));
    return new Range(bottom - air, high + air);
  }
}

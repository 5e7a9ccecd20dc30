package io.gnomon.report;

import io.gnomon.grow.GrowCurve;
import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;
import org.jfree.data.general.DatasetUtils;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** A student's score against the labels bought for it, with 95% intervals over the test texts. */
public final class GrowPlot {
  private static final int WIDTH = 680;
  private static final int HEIGHT = 400;
  private static final float BAND = 0.18f;
  private static final int TICKS = 8;

  private GrowPlot() {}

  /** Draws {@code out.png} and {@code out.svg}. */
  public static void write(GrowCurve curve, Path out) {
    Picture.of(() -> chart(curve), WIDTH, HEIGHT).write(out);
  }

  private static JFreeChart chart(GrowCurve curve) {
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    DeviationRenderer renderer = new DeviationRenderer(true, true);
    renderer.setAlpha(BAND);
    double most = 1;
    for (GrowCurve.Line line : curve.lines()) {
      int index = data.getSeriesCount();
      data.addSeries(series(line));
      renderer.setSeriesPaint(index, Palette.of(index));
      renderer.setSeriesFillPaint(index, Palette.of(index));
      renderer.setSeriesStroke(index, index == 0 ? Palette.SOLID : Palette.DASHED);
      most = Math.max(most, last(line.points()));
    }
    NumberAxis bought = PanelPlot.axis("labels bought (" + curve.by() + ")");
    PanelPlot.setRange(bought, new Range(0, most), TICKS);
    NumberAxis score = PanelPlot.axis(curve.task() + ", " + curve.measure() + " (%)");
    Range range = DatasetUtils.findRangeBounds(data, true);
    double air = Math.max(0.06 * range.getLength(), 0.5);
    PanelPlot.setRange(
        score, new Range(range.getLowerBound() - air, range.getUpperBound() + air), TICKS);
    XYPlot plot = new XYPlot(data, bought, score, renderer);
    PanelPlot.frame(plot);
    JFreeChart chart = new JFreeChart(null, Palette.LABEL, plot, true);
    chart.setBackgroundPaint(Color.WHITE);
    chart.getLegend().setItemFont(Palette.LABEL);
    chart.getLegend().setBorder(0, 0, 0, 0);
    chart.setPadding(new RectangleInsets(8, 6, 4, 14));
    return chart;
  }

  private static YIntervalSeries series(GrowCurve.Line line) {
    YIntervalSeries series = new YIntervalSeries(line.pick());
    for (GrowCurve.Point point : line.points()) {
      series.add(
          point.labels(),
          100 * point.score().value(),
          100 * point.score().low(),
          100 * point.score().high());
    }
    return series;
  }

  private static int last(List<GrowCurve.Point> points) {
    return points.isEmpty() ? 0 : points.get(points.size() - 1).labels();
  }
}

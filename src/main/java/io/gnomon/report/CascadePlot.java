package io.gnomon.report;

import io.gnomon.evaluation.Cascade;
import io.gnomon.experiment.CascadeReport;
import java.awt.BasicStroke;
import java.awt.Color;
import java.nio.file.Path;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Accuracy and cost of a student with its teacher behind it, against what the teacher is asked. */
public final class CascadePlot {
  private static final int WIDTH = 680;
  private static final int HEIGHT = 480;
  private static final String NOTE =
      "Solid: both. Dashed: student where it answers. Across: teacher solid, student dotted."
          + " Down: threshold.";

  private final CascadeReport report;

  private CascadePlot(CascadeReport report) {
    this.report = report;
  }

  /** Draws {@code out.png} and {@code out.svg}. */
  public static void write(CascadeReport report, Path out) {
    Picture.of(() -> new CascadePlot(report).chart(), WIDTH, HEIGHT).write(out);
  }

  private JFreeChart chart() {
    NumberAxis asked = PanelPlot.axis("texts that the teacher is asked (%)");
    PanelPlot.setRange(asked, new Range(0, 100), 10);
    CombinedDomainXYPlot panels = new CombinedDomainXYPlot(asked);
    panels.setGap(12);
    panels.add(accuracy(), 2);
    panels.add(cost(), 1);
    JFreeChart chart = new JFreeChart(null, Palette.LABEL, panels, false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(8, 6, 4, 14));
    TextTitle note = new TextTitle(NOTE, Palette.TICK);
    note.setPaint(Palette.INK);
    note.setPosition(RectangleEdge.BOTTOM);
    chart.addSubtitle(note);
    return chart;
  }

  private XYPlot accuracy() {
    XYSeriesCollection data = new XYSeriesCollection();
    data.addSeries(series("both", point -> 100 * point.accuracy()));
    XYSeries covered = new XYSeries("covered");
    for (Cascade.Point point : report.points()) {
      Double accuracy = point.accuracyCovered();
      if (accuracy != null) {
        covered.add(asked(point), 100 * accuracy);
      }
    }
    data.addSeries(covered);
    XYPlot plot = plot(data, report.task() + ", accuracy (%)");
    plot.addRangeMarker(
        across(100 * report.teacherAccuracy(), Palette.THIN_SOLID), Layer.BACKGROUND);
    plot.addRangeMarker(across(100 * report.studentAccuracy(), Palette.DOTTED), Layer.BACKGROUND);
    return plot;
  }

  private XYPlot cost() {
    XYSeriesCollection data = new XYSeriesCollection();
    data.addSeries(series("cost", report::milliseconds));
    return plot(data, "ms a text");
  }

  private static double asked(Cascade.Point point) {
    return 100 * (1 - point.coverage());
  }

  private XYSeries series(String name, ToDoubleFunction<Cascade.Point> value) {
    XYSeries series = new XYSeries(name);
    report.points().forEach(point -> series.add(asked(point), value.applyAsDouble(point)));
    return series;
  }

  private static ValueMarker across(double value, BasicStroke stroke) {
    return new ValueMarker(value, Palette.INK, stroke);
  }

  private XYPlot plot(XYSeriesCollection data, String label) {
    XYLineAndShapeRenderer lines = new XYLineAndShapeRenderer(true, false);
    lines.setSeriesPaint(0, Palette.of(0));
    lines.setSeriesStroke(0, Palette.SOLID);
    lines.setSeriesPaint(1, Palette.of(0));
    lines.setSeriesStroke(1, Palette.DASHED);
    NumberAxis axis = PanelPlot.axis(label);
    XYPlot plot = new XYPlot(data, null, axis, lines);
    Range all = data.getRangeBounds(false);
    double air = Math.max(0.06 * all.getLength(), 1e-3 * Math.max(1, all.getUpperBound()));
    PanelPlot.setRange(axis, new Range(all.getLowerBound() - air, all.getUpperBound() + air), 6);
    PanelPlot.frame(plot);
    Cascade.Point chosen = report.chosen();
    if (chosen != null) {
      plot.addDomainMarker(across(asked(chosen), Palette.THIN_DASHED), Layer.BACKGROUND);
    }
    return plot;
  }
}

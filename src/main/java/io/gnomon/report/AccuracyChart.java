package io.gnomon.report;

import io.gnomon.bench.Figure;
import io.gnomon.config.ApproachConfig;
import io.gnomon.report.ApproachRow.Summary;
import io.gnomon.report.SuiteCells.TaskRows;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.util.List;
import java.util.Optional;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.CombinedRangeXYPlot;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;
import org.jfree.data.xy.XIntervalSeries;
import org.jfree.data.xy.XIntervalSeriesCollection;

/**
 * Accuracy of each approach, of several labels a text micro-F1, a panel a task: a dot with its 95%
 * interval, the teacher's and the constant's as lines across.
 */
final class AccuracyChart {
  private static final String NOTE =
      "95% interval: over seeds where there are several, else over test texts."
          + " Solid line: teacher. Dotted: constant.";
  private static final double DOT = 6;

  /** Between panels: half of "100.0" at the end of one, half at the start of the next, and air. */
  private static final int GAP = 40;

  /** Room for the note in one line. */
  private static final int LEAST_WIDTH = 680;

  private final SuiteCells cells;
  private final List<String> names;

  private AccuracyChart(SuiteCells cells) {
    this.cells = cells;
    this.names = List.copyOf(cells.suite().approaches().keySet());
  }

  /** Pixels that the chart of a suite takes. */
  static int width(SuiteCells cells) {
    return Math.max(LEAST_WIDTH, 150 + (260 + GAP) * cells.tasks().size());
  }

  /** Pixels that the chart of a suite takes. */
  static int height(SuiteCells cells) {
    return 110 + 24 * cells.suite().approaches().size();
  }

  static JFreeChart of(SuiteCells cells) {
    return new AccuracyChart(cells).chart();
  }

  private JFreeChart chart() {
    SymbolAxis approaches = new SymbolAxis(null, names.toArray(String[]::new));
    approaches.setInverted(true);
    approaches.setGridBandsVisible(false);
    approaches.setTickLabelFont(Palette.TICK);
    approaches.setTickLabelPaint(Palette.INK);
    approaches.setAxisLineVisible(false);
    approaches.setRange(new Range(-0.6, names.size() - 0.4));
    CombinedRangeXYPlot panels = new CombinedRangeXYPlot(approaches);
    panels.setGap(GAP);
    cells.tasks().forEach(task -> panels.add(panel(task), 1));
    JFreeChart chart = new JFreeChart(null, Palette.LABEL, panels, false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(8, 6, 4, 14));
    TextTitle note = new TextTitle(NOTE, Palette.TICK);
    note.setPaint(Palette.INK);
    note.setPosition(RectangleEdge.BOTTOM);
    note.setHorizontalAlignment(HorizontalAlignment.CENTER);
    chart.addSubtitle(note);
    return chart;
  }

  private XYPlot panel(TaskRows task) {
    Figure figure = figure(task);
    XIntervalSeries dots = new XIntervalSeries(figure.title());
    XYPlot plot =
        new XYPlot(
            null,
            PanelPlot.axis("%s, %s (%%)".formatted(task.task().name(), figure.title())),
            null,
            dot());
    Range range = range(task);
    for (int i = 0; i < names.size(); i++) {
      int place = i;
      Optional<Summary> accuracy = task.rows().get(i).figure(figure);
      accuracy.ifPresentOrElse(
          it -> dots.add(100 * it.value(), 100 * low(it), 100 * high(it), place),
          () -> plot.addAnnotation(absent(task.rows().get(place), place, range)));
    }
    XIntervalSeriesCollection data = new XIntervalSeriesCollection();
    data.addSeries(dots);
    plot.setDataset(data);
    reference(plot, task, ApproachConfig.Teacher.class, Palette.THIN_SOLID);
    reference(plot, task, ApproachConfig.Constant.class, Palette.DOTTED);
    PanelPlot.setRange((org.jfree.chart.axis.NumberAxis) plot.getDomainAxis(), range, 5);
    PanelPlot.frame(plot);
    return plot;
  }

  /**
   * Exact match, the accuracy of several labels, is near nothing where F1 tells approaches apart.
   */
  private static Figure figure(TaskRows task) {
    return task.task().multiLabel() ? Figure.MICRO_F1 : Figure.ACCURACY;
  }

  private static XYErrorRenderer dot() {
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawYError(false);
    renderer.setCapLength(5);
    renderer.setSeriesShape(0, new Ellipse2D.Double(-DOT / 2, -DOT / 2, DOT, DOT));
    renderer.setSeriesPaint(0, Palette.of(0));
    renderer.setErrorPaint(Palette.of(0));
    renderer.setErrorStroke(new BasicStroke(1.4f));
    return renderer;
  }

  private static XYTextAnnotation absent(ApproachRow row, int place, Range range) {
    boolean failed = !row.in(ApproachRow.State.FAILED).isEmpty();
    XYTextAnnotation text =
        new XYTextAnnotation(failed ? "failed" : "not run", range.getCentralValue(), place);
    text.setFont(Palette.TICK);
    text.setPaint(Palette.INK);
    text.setTextAnchor(TextAnchor.CENTER);
    return text;
  }

  private static void reference(
      XYPlot plot, TaskRows task, Class<? extends ApproachConfig> kind, BasicStroke stroke) {
    task.rows().stream()
        .filter(row -> kind.isInstance(row.kind()))
        .map(row -> row.figure(figure(task)))
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(
            it ->
                plot.addDomainMarker(
                    new ValueMarker(100 * it.value(), Palette.INK, stroke), Layer.BACKGROUND));
  }

  /** All dots and intervals of the task, with some air; no share leaves 0 to 100. */
  private static Range range(TaskRows task) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (ApproachRow row : task.rows()) {
      Optional<Summary> accuracy = row.figure(figure(task));
      if (accuracy.isPresent()) {
        low = Math.min(low, 100 * low(accuracy.get()));
        high = Math.max(high, 100 * high(accuracy.get()));
      }
    }
    if (low > high) {
      return new Range(0, 100);
    }
    double air = Math.max(0.06 * (high - low), 0.5);
    return new Range(Math.max(0, low - air), Math.min(100, high + air));
  }

  private static double low(Summary summary) {
    Double low = summary.low();
    return low == null ? summary.value() : low;
  }

  private static double high(Summary summary) {
    Double high = summary.high();
    return high == null ? summary.value() : high;
  }
}

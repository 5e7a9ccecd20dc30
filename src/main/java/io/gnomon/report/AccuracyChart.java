package io.gnomon.report;

import io.gnomon.bench.Figure;
import io.gnomon.config.ApproachConfig;
import io.gnomon.report.ApproachRow.Summary;
import io.gnomon.report.AxisStart.Bar;
import io.gnomon.report.SuiteCells.TaskRows;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.NumberAxis;
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
import org.jspecify.annotations.Nullable;

/**
 * A share of each approach, accuracy first of all, a panel a task: a dot with its 95% interval, the
 * teacher's and the constant's as lines across. A task of which nothing but these two has been run
 * is left out, as is no row: what has not been run is said so.
 */
final class AccuracyChart {
  private static final double DOT = 6;

  /** Between panels: half of "100.0" at the end of one, half at the start of the next, and air. */
  private static final int GAP = 40;

  /** Room for a line of the note. */
  private static final int LEAST_WIDTH = 680;

  private static final int LINE = 16;

  /** Above the first row. */
  private static final double TOP = -0.6;

  private final List<TaskRows> tasks;
  private final List<String> names;
  private final Function<TaskRows, Figure> figures;

  private AccuracyChart(List<TaskRows> tasks, Function<TaskRows, Figure> figures) {
    List<TaskRows> run = tasks.stream().filter(task -> hasRun(task, figures.apply(task))).toList();
    this.tasks = run.isEmpty() ? tasks : run;
    this.figures = figures;
    this.names =
        this.tasks.stream()
            .flatMap(task -> task.rows().stream())
            .map(ApproachRow::name)
            .distinct()
            .toList();
  }

  /** Accuracy, of several labels a text micro-F1. */
  static AccuracyChart of(List<TaskRows> tasks) {
    return new AccuracyChart(tasks, AccuracyChart::headline);
  }

  /** Another share, the same for all tasks. */
  static AccuracyChart of(List<TaskRows> tasks, Figure share) {
    return new AccuracyChart(tasks, task -> share);
  }

  /**
   * Exact match, the accuracy of several labels, is near nothing where F1 tells approaches apart.
   */
  static Figure headline(TaskRows task) {
    return task.task().multiLabel() ? Figure.MICRO_F1 : Figure.ACCURACY;
  }

  private static boolean hasRun(TaskRows task, Figure figure) {
    return task.rows().stream()
        .filter(row -> !isReference(row))
        .anyMatch(row -> row.figure(figure).isPresent());
  }

  private static boolean isReference(ApproachRow row) {
    return row.kind() instanceof ApproachConfig.Teacher
        || row.kind() instanceof ApproachConfig.Constant;
  }

  Picture picture() {
    int width = Math.max(LEAST_WIDTH, 150 + (260 + GAP) * tasks.size());
    int lines = 1 + note().length() * 6 / width;
    return Picture.of(this::chart, width, 95 + LINE * lines + 24 * names.size());
  }

  JFreeChart chart() {
    SymbolAxis approaches = new SymbolAxis(null, names.toArray(String[]::new));
    approaches.setInverted(true);
    approaches.setGridBandsVisible(false);
    approaches.setTickLabelFont(Palette.TICK);
    approaches.setTickLabelPaint(Palette.INK);
    approaches.setAxisLineVisible(false);
    approaches.setRange(new Range(TOP, names.size() - 0.4));
    CombinedRangeXYPlot panels = new CombinedRangeXYPlot(approaches);
    panels.setGap(GAP);
    tasks.forEach(task -> panels.add(panel(task), 1));
    JFreeChart chart = new JFreeChart(null, Palette.LABEL, panels, false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(8, 6, 4, 14));
    TextTitle note = new TextTitle(note(), Palette.TICK);
    note.setPaint(Palette.INK);
    note.setPosition(RectangleEdge.BOTTOM);
    note.setHorizontalAlignment(HorizontalAlignment.CENTER);
    chart.addSubtitle(note);
    return chart;
  }

  /** What the panels show, and no more. */
  private String note() {
    boolean hollow = rows().anyMatch(ApproachRow::oneOfSeveral);
    boolean teacher = tasks.stream().anyMatch(task -> teacher(task).isPresent());
    boolean best = tasks.stream().anyMatch(task -> bestConstant(task).isPresent());
    boolean cut = tasks.stream().anyMatch(this::isCut);
    return Stream.of(
            "95% interval: over seeds where there are several, else over test texts.",
            hollow ? "Hollow: one seed of an approach that seeds change." : "",
            teacher ? "Solid line: teacher." : "",
            "Dotted: " + (best ? "constant, under the rule shown." : floor() + "."),
            best ? "Dash-dotted: the best constant under any rule." : "",
            cut ? "←: further left, with its value." : "")
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private String floor() {
    boolean agreement = tasks.stream().anyMatch(task -> figures.apply(task) == Figure.AGREEMENT);
    return agreement ? "what the best constant reaches" : "constant";
  }

  private Stream<ApproachRow> rows() {
    return tasks.stream().flatMap(task -> task.rows().stream());
  }

  private String label(TaskRows task) {
    Figure figure = figures.apply(task);
    // Of several labels a text, the plain figures are those of thresholds tuned on dev texts.
    boolean tuned = task.task().multiLabel() && figure == Figure.MICRO_F1;
    String title = figure == Figure.AGREEMENT ? "agreement" : figure.title();
    return "%s, %s%s (%%)".formatted(task.task().name(), tuned ? "tuned " : "", title);
  }

  private XYPlot panel(TaskRows task) {
    Figure figure = figures.apply(task);
    XIntervalSeries dots = new XIntervalSeries("several seeds, or none that matters");
    XIntervalSeries hollow = new XIntervalSeries("one seed");
    XIntervalSeriesCollection data = new XIntervalSeriesCollection();
    data.addSeries(dots);
    data.addSeries(hollow);
    NumberAxis axis = PanelPlot.axis(label(task));
    XYPlot plot = new XYPlot(data, axis, null, dot());
    Range range = range(task);
    double start = AxisStart.of(bars(task));
    for (int i = 0; i < names.size(); i++) {
      ApproachRow row = row(task, names.get(i));
      Bar bar = row == null ? null : row.figure(figure).map(AccuracyChart::bar).orElse(null);
      if (bar == null) {
        plot.addAnnotation(text(absent(row), range.getCentralValue(), i, TextAnchor.CENTER));
      } else if (bar.value() < start) {
        plot.addAnnotation(edge("", bar.value(), range, i));
      } else {
        boolean one = Objects.requireNonNull(row).oneOfSeveral();
        (one ? hollow : dots).add(bar.value(), bar.low(), bar.high(), i);
      }
    }
    teacher(task).ifPresent(it -> line(plot, it, Palette.THIN_SOLID));
    bestConstant(task).ifPresent(it -> line(plot, it, Palette.DASH_DOTTED));
    constant(task)
        .ifPresent(
            it -> {
              line(plot, it, Palette.DOTTED);
              // Where the line is the constant's own figure, its row tells.
              if (it < start && figure == Figure.AGREEMENT) {
                plot.addAnnotation(edge("floor ", it, range, TOP / 2));
              }
            });
    PanelPlot.setRange(axis, range, 5);
    PanelPlot.frame(plot);
    return plot;
  }

  private static @Nullable ApproachRow row(TaskRows task, String name) {
    return task.rows().stream().filter(it -> it.name().equals(name)).findFirst().orElse(null);
  }

  private static XYErrorRenderer dot() {
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawYError(false);
    renderer.setCapLength(5);
    renderer.setUseFillPaint(true);
    for (int series = 0; series < 2; series++) {
      renderer.setSeriesShape(series, new Ellipse2D.Double(-DOT / 2, -DOT / 2, DOT, DOT));
      renderer.setSeriesPaint(series, Palette.of(0));
      renderer.setSeriesFillPaint(series, series == 0 ? Palette.of(0) : Color.WHITE);
      renderer.setSeriesOutlineStroke(series, new BasicStroke(1.3f));
    }
    renderer.setErrorPaint(Palette.of(0));
    renderer.setErrorStroke(new BasicStroke(1.4f));
    return renderer;
  }

  private static String absent(@Nullable ApproachRow row) {
    if (row == null) {
      return "not run";
    }
    return row.finished().isEmpty() ? SuiteTable.seeds(row) : TableNumbers.NOTHING;
  }

  private static XYTextAnnotation edge(String name, double value, Range range, double place) {
    String text = "← " + name + TableNumbers.percent(value / 100);
    double inside = range.getLowerBound() + 0.015 * range.getLength();
    return text(text, inside, place, TextAnchor.CENTER_LEFT);
  }

  private static XYTextAnnotation text(String words, double x, double y, TextAnchor anchor) {
    XYTextAnnotation text = new XYTextAnnotation(words, x, y);
    text.setFont(Palette.TICK);
    text.setPaint(Palette.INK);
    text.setTextAnchor(anchor);
    return text;
  }

  private static void line(XYPlot plot, double value, BasicStroke stroke) {
    plot.addDomainMarker(new ValueMarker(value, Palette.INK, stroke), Layer.BACKGROUND);
  }

  /** Of agreement with itself there is nothing to tell. */
  private OptionalDouble teacher(TaskRows task) {
    Figure figure = figures.apply(task);
    return figure == Figure.AGREEMENT
        ? OptionalDouble.empty()
        : first(task, ApproachConfig.Teacher.class, figure);
  }

  /** The floor under the rule of decision that the figure is of. */
  private OptionalDouble constant(TaskRows task) {
    return figures.apply(task) == Figure.AGREEMENT
        ? first(task, ApproachConfig.class, Figure.AGREEMENT_FLOOR)
        : first(task, ApproachConfig.Constant.class, figures.apply(task));
  }

  /** The constant's best micro-F1 under any rule, where that is another than the one shown. */
  private OptionalDouble bestConstant(TaskRows task) {
    if (figures.apply(task) != Figure.MICRO_F1) {
      return OptionalDouble.empty();
    }
    double best =
        Stream.of(Figure.MICRO_F1_HALF, Figure.MICRO_F1_TOP_K)
            .map(rule -> first(task, ApproachConfig.Constant.class, rule))
            .mapToDouble(it -> it.orElse(0))
            .max()
            .orElse(0);
    OptionalDouble shown = constant(task);
    return shown.isPresent() && best > shown.getAsDouble()
        ? OptionalDouble.of(best)
        : OptionalDouble.empty();
  }

  private static OptionalDouble first(
      TaskRows task, Class<? extends ApproachConfig> kind, Figure figure) {
    return task.rows().stream()
        .filter(row -> kind.isInstance(row.kind()))
        .flatMap(row -> row.figure(figure).stream())
        .mapToDouble(it -> 100 * it.value())
        .findFirst();
  }

  private List<Bar> bars(TaskRows task) {
    Figure figure = figures.apply(task);
    return task.rows().stream()
        .map(row -> row.figure(figure))
        .flatMap(Optional::stream)
        .map(AccuracyChart::bar)
        .toList();
  }

  private boolean isCut(TaskRows task) {
    double start = AxisStart.of(bars(task));
    return bars(task).stream().anyMatch(it -> it.value() < start);
  }

  private static Bar bar(Summary summary) {
    double low = Objects.requireNonNullElse(summary.low(), summary.value());
    double high = Objects.requireNonNullElse(summary.high(), summary.value());
    return new Bar(100 * summary.value(), 100 * low, 100 * high);
  }

  /** From {@link AxisStart} to the end of the last interval, with some air, and no further. */
  private Range range(TaskRows task) {
    List<Bar> bars = bars(task);
    if (bars.isEmpty()) {
      return new Range(0, 100);
    }
    double low = AxisStart.of(bars);
    double high = bars.stream().mapToDouble(Bar::high).max().orElse(100);
    double air = Math.max(0.06 * (high - low), 0.5);
    // Where rows are told at the edge, their values need room beside the dots.
    double left = isCut(task) ? 3.5 * air : air;
    // Beyond what a share can be, as much as a dot there takes.
    return new Range(Math.max(-air / 3, low - left), Math.min(100 + air / 3, high + air));
  }
}

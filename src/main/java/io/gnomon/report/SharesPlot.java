package io.gnomon.report;

import io.gnomon.inspect.Shares;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * Each label's share in test against its share in train: on the dashed diagonal they are the same.
 * The bar of a label is the 95% interval of the difference, set upon its share in train. Axes are
 * logarithmic where shares differ much.
 */
public final class SharesPlot {
  private static final int SIDE = 620;
  private static final double DOT = 7;

  /** Pixels of the frame's inside, roughly: where names fit is decided by it. */
  private static final double INSIDE = 545;

  private static final double LETTER = 6.4;
  private static final double LINE = 13;
  private static final double GAP = 8;

  /** From here on the small shares lie over one another on even axes. */
  private static final double WIDE = 20;

  private static final double AIR = 1.15;

  private static final String NOTE =
      "Dashed: the same share. Bar: 95% interval of the difference. Orange: differs (p < 0.05, Holm).";

  private final Shares shares;
  private final boolean logarithmic;
  private final double least;
  private final double most;

  /** Where a name stands already, in pixels: left, right, height. */
  private final List<double[]> taken = new ArrayList<>();

  private SharesPlot(Shares shares) {
    this.shares = shares;
    double high = shares.labels().stream().mapToDouble(SharesPlot::end).max().orElse(1);
    double low =
        shares.labels().stream()
            .flatMapToDouble(label -> DoubleStream.of(label.trainShare(), label.testShare()))
            .filter(share -> share > 0)
            .min()
            .orElse(high);
    this.logarithmic = high > WIDE * low;
    this.least = logarithmic ? 100 * low / (AIR * AIR) : 0;
    this.most = Math.min(100 * AIR * high, logarithmic ? 110 : 104);
  }

  private static double end(Shares.Label label) {
    return Math.min(
        1,
        Math.max(
            label.trainShare(),
            Math.max(label.testShare(), label.trainShare() + label.difference().high())));
  }

  /** Draws {@code out.png} and {@code out.svg}. */
  public static void write(Shares shares, Path out) {
    Picture.of(() -> new SharesPlot(shares).chart(), SIDE, SIDE).write(out);
  }

  private JFreeChart chart() {
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    data.addSeries(series("alike", false));
    data.addSeries(series("differ", true));
    XYPlot plot =
        new XYPlot(
            data,
            axis("share of the texts in " + shares.train() + " (%)"),
            axis("share of the texts in " + shares.test() + " (%)"),
            dots());
    PanelPlot.frame(plot);
    plot.addAnnotation(
        new XYLineAnnotation(least, least, most, most, Palette.THIN_DASHED, Palette.INK));
    names(plot);
    JFreeChart chart = new JFreeChart(null, Palette.LABEL, plot, false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(8, 6, 4, 14));
    TextTitle note = new TextTitle(NOTE, Palette.TICK);
    note.setPaint(Palette.INK);
    note.setPosition(RectangleEdge.BOTTOM);
    chart.addSubtitle(note);
    return chart;
  }

  private ValueAxis axis(String label) {
    NumberAxis even = PanelPlot.axis(label);
    if (!logarithmic) {
      PanelPlot.setRange(even, new Range(least, most), 8);
      return even;
    }
    LogAxis axis = new LogAxis(label);
    axis.setSmallestValue(least / 2);
    axis.setLabelFont(even.getLabelFont());
    axis.setTickLabelFont(even.getTickLabelFont());
    axis.setLabelPaint(Palette.INK);
    axis.setTickLabelPaint(Palette.INK);
    axis.setTickMarkPaint(Palette.INK);
    axis.setAxisLineVisible(false);
    DecimalFormat decades =
        new DecimalFormat("0.####", DecimalFormatSymbols.getInstance(Locale.ROOT));
    axis.setTickUnit(new NumberTickUnit(1, decades, 9));
    axis.setNumberFormatOverride(decades);
    axis.setMinorTickMarksVisible(true);
    axis.setRange(new Range(least, most));
    return axis;
  }

  private YIntervalSeries series(String name, boolean differs) {
    YIntervalSeries series = new YIntervalSeries(name);
    for (Shares.Label label : shares.labels()) {
      if (label.differs() == differs) {
        double low = label.trainShare() + label.difference().low();
        double high = label.trainShare() + label.difference().high();
        series.add(place(label.trainShare()), place(label.testShare()), place(low), place(high));
      }
    }
    return series;
  }

  /** A share as a place on an axis; what lies below the axis stands on its end. */
  private double place(double share) {
    return Math.max(least, Math.min(most, 100 * share));
  }

  private static XYErrorRenderer dots() {
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawXError(false);
    renderer.setCapLength(4);
    renderer.setErrorStroke(new BasicStroke(1.2f));
    for (int series = 0; series < 2; series++) {
      renderer.setSeriesShape(series, new Ellipse2D.Double(-DOT / 2, -DOT / 2, DOT, DOT));
      renderer.setSeriesPaint(series, Palette.of(series));
    }
    return renderer;
  }

  /** Those that differ first, then the most frequent, as far as no name lies upon another. */
  private void names(XYPlot plot) {
    shares.labels().stream()
        .sorted(
            Comparator.comparing(Shares.Label::differs)
                .thenComparing(Shares.Label::trainShare)
                .reversed())
        .forEach(label -> name(label).ifPresent(plot::addAnnotation));
  }

  private Optional<XYTextAnnotation> name(Shares.Label label) {
    double x = pixel(label.trainShare());
    double y = pixel(label.testShare());
    double width = LETTER * label.label().length();
    boolean right = free(x + GAP, x + GAP + width, y);
    if (!right && !free(x - GAP - width, x - GAP, y)) {
      return Optional.empty();
    }
    double at = value(right ? x + GAP : x - GAP);
    XYTextAnnotation text = new XYTextAnnotation(label.label(), at, place(label.testShare()));
    text.setFont(Palette.TICK);
    text.setPaint(Palette.INK);
    text.setTextAnchor(right ? TextAnchor.CENTER_LEFT : TextAnchor.CENTER_RIGHT);
    return Optional.of(text);
  }

  private boolean free(double left, double right, double y) {
    boolean holds =
        left >= 0
            && right <= INSIDE
            && taken.stream()
                .noneMatch(
                    name -> left < name[1] && right > name[0] && Math.abs(y - name[2]) < LINE);
    if (holds) {
      taken.add(new double[] {left, right, y});
    }
    return holds;
  }

  /** Pixels from the corner, along either axis. */
  private double pixel(double share) {
    double at = place(share);
    return logarithmic
        ? INSIDE * Math.log(at / least) / Math.log(most / least)
        : INSIDE * at / most;
  }

  private double value(double pixel) {
    return logarithmic ? least * Math.pow(most / least, pixel / INSIDE) : most * pixel / INSIDE;
  }
}

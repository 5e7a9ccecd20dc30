package io.gnomon.report;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.CombinedRangeXYPlot;
import org.jfree.data.Range;

/**
 * Names down the side and, for each of a few quantities, a panel with a dot a name: what lets two
 * orders of the same names be read beside one another. Several groups, such as tasks, have a colour
 * each. For a notebook.
 */
public final class DotPlot {
  private static final int NAMES = 150;
  private static final int PANEL = 270;
  private static final int ROW = 22;
  private static final int REST = 100;

  /**
   * One dot.
   *
   * @param low ends of its interval; both the value itself where there is none
   * @param floor whether it is drawn hollow: not the quantity, but what it is to be held against
   */
  record Dot(
      String panel,
      String name,
      String group,
      double value,
      double low,
      double high,
      boolean floor) {}

  private final List<Dot> dots = new ArrayList<>();
  private String floorName = "floor";

  private DotPlot() {}

  /** An empty plot; panels, names and groups stand in the order in which they first come. */
  public static DotPlot empty() {
    return new DotPlot();
  }

  /**
   * Adds a dot.
   *
   * @param panel label of the panel's axis, with its unit
   * @param name which row
   * @param group which colour
   */
  public DotPlot dot(String panel, String name, String group, double value) {
    return dot(panel, name, group, value, value, value);
  }

  /** Adds a dot with an interval. */
  public DotPlot dot(
      String panel, String name, String group, double value, double low, double high) {
    dots.add(new Dot(panel, name, group, value, low, high, false));
    return this;
  }

  /** Adds a hollow dot: what the value is to be held against. */
  public DotPlot floor(String panel, String name, String group, double value) {
    dots.add(new Dot(panel, name, group, value, value, value, true));
    return this;
  }

  /** What the legend calls hollow dots. */
  public DotPlot floorsAre(String name) {
    floorName = name;
    return this;
  }

  /**
   * The picture, at twice the nominal resolution.
   *
   * @throws IllegalArgumentException when there is nothing to draw
   */
  public BufferedImage image() {
    if (dots.isEmpty()) {
      throw new IllegalArgumentException("a plot needs a dot");
    }
    int width = NAMES + PANEL * panels().size();
    int height = REST + ROW * Math.max(1, groups().size() / 2) * names().size();
    return Picture.of(this::chart, width, height).image();
  }

  private List<String> panels() {
    return distinct(dots.stream().map(Dot::panel).toList());
  }

  private List<String> names() {
    return distinct(dots.stream().map(Dot::name).toList());
  }

  private List<String> groups() {
    return distinct(dots.stream().map(Dot::group).toList());
  }

  private static List<String> distinct(List<String> all) {
    Set<String> once = new LinkedHashSet<>(all);
    return List.copyOf(once);
  }

  private JFreeChart chart() {
    List<String> names = names();
    SymbolAxis rows = new SymbolAxis(null, names.toArray(String[]::new));
    rows.setInverted(true);
    rows.setGridBandsVisible(false);
    rows.setTickLabelFont(Palette.TICK);
    rows.setTickLabelPaint(Palette.INK);
    rows.setAxisLineVisible(false);
    rows.setRange(new Range(-0.6, names.size() - 0.4));
    CombinedRangeXYPlot plot = new CombinedRangeXYPlot(rows);
    plot.setGap(36);
    for (String panel : panels()) {
      List<Dot> own = dots.stream().filter(it -> it.panel().equals(panel)).toList();
      plot.add(DotPanel.of(panel, own, names, groups()), 1);
    }
    return Marks.sheet(plot, legend());
  }

  private List<LegendItem> legend() {
    List<LegendItem> items = new ArrayList<>();
    List<String> groups = groups();
    for (int i = 0; groups.size() > 1 && i < groups.size(); i++) {
      items.add(Marks.dot(groups.get(i), i, true, Palette.of(i)));
    }
    if (dots.stream().anyMatch(Dot::floor)) {
      items.add(Marks.dot(floorName, 0, false, Palette.INK));
    }
    return items;
  }
}

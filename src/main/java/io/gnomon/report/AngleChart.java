package io.gnomon.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Paint;
import java.awt.geom.Line2D;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;

/** The three panels over a common axis of steps, with two legends below: colours and lines. */
final class AngleChart {
  private static final Line2D SAMPLE = new Line2D.Double(-15, 0, 15, 0);
  private static final Color NEUTRAL = new Color(0x555555);
  private static final Color BAND = new Color(0xDADADA);

  private AngleChart() {}

  /** The chart, under a title unless that is empty. */
  static JFreeChart of(String title, List<RunGroup> groups) {
    CombinedDomainXYPlot panels = new CombinedDomainXYPlot(steps(groups));
    panels.setGap(14);
    for (Panel panel : Panel.ALL) {
      panels.add(PanelPlot.of(panel, groups), panel.weight());
    }
    JFreeChart chart = new JFreeChart(null, Palette.LABEL, panels, false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(8, 6, 4, 8));
    if (!title.isEmpty()) {
      TextTitle above = new TextTitle(title, Palette.LABEL);
      above.setPaint(Palette.INK);
      chart.setTitle(above);
    }
    // The first added lies lowest.
    chart.addSubtitle(legend(lineItems(groups)));
    chart.addSubtitle(legend(groupItems(groups)));
    return chart;
  }

  private static NumberAxis steps(List<RunGroup> groups) {
    NumberAxis axis = PanelPlot.axis("training step");
    axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    long first = Long.MAX_VALUE;
    long last = 0;
    for (RunGroup group : groups) {
      for (Run run : group.runs()) {
        first = Math.min(first, run.rows().get(0).step());
        last = Math.max(last, run.rows().get(run.rows().size() - 1).step());
      }
    }
    axis.setRange(new Range((double) first, (double) last));
    return axis;
  }

  private static LegendItemCollection groupItems(List<RunGroup> groups) {
    LegendItemCollection items = new LegendItemCollection();
    for (int group = 0; group < groups.size(); group++) {
      items.add(item(groups.get(group).label(), Palette.SOLID, Palette.of(group)));
    }
    if (groups.stream().anyMatch(group -> group.runs().size() > 1)) {
      items.add(
          item("95% interval of the mean", new BasicStroke(9, BasicStroke.CAP_BUTT, 0), BAND));
    }
    return items;
  }

  /** One item per kind of line that is drawn; the plain ones of lower panels need no name. */
  private static LegendItemCollection lineItems(List<RunGroup> groups) {
    Map<BasicStroke, String> names = new LinkedHashMap<>();
    for (Panel panel : Panel.ALL) {
      for (LineStyle line : panel.lines()) {
        boolean named = panel.isAngle() || !line.banded();
        if (named && isDrawn(line, groups)) {
          names.merge(line.stroke(), line.name(), (before, name) -> before + ", " + name);
        }
      }
    }
    LegendItemCollection items = new LegendItemCollection();
    names.forEach((stroke, name) -> items.add(item(name, stroke, NEUTRAL)));
    return items;
  }

  private static boolean isDrawn(LineStyle line, List<RunGroup> groups) {
    return groups.stream().anyMatch(group -> !Curve.of(group, line.measure()).isEmpty());
  }

  private static LegendItem item(String name, BasicStroke stroke, Paint paint) {
    LegendItem item = new LegendItem(name, null, null, null, SAMPLE, stroke, paint);
    item.setLabelFont(Palette.TICK);
    item.setLabelPaint(Palette.INK);
    return item;
  }

  private static LegendTitle legend(LegendItemCollection items) {
    LegendTitle legend = new LegendTitle(() -> items);
    legend.setPosition(RectangleEdge.BOTTOM);
    legend.setItemFont(Palette.TICK);
    legend.setBackgroundPaint(Color.WHITE);
    legend.setItemLabelPadding(new RectangleInsets(1, 4, 1, 8));
    legend.setPadding(new RectangleInsets(1, 10, 1, 10));
    return legend;
  }
}

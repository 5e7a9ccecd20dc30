package io.gnomon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gnomon.bench.SuiteFolder;
import io.gnomon.report.AxisStart.Bar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jfree.chart.plot.CombinedRangeXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccuracyChartTest {
  @TempDir Path root;

  private List<XYPlot> panels() {
    SuiteCells cells = SuiteCells.read(SuiteFolder.of(root, "grid"));
    Object plot = AccuracyChart.of(cells.tasks()).chart().getPlot();
    List<XYPlot> panels = new ArrayList<>();
    for (Object panel : ((CombinedRangeXYPlot) plot).getSubplots()) {
      panels.add((XYPlot) panel);
    }
    return panels;
  }

  private static List<String> titles(List<XYPlot> panels) {
    return panels.stream().map(it -> it.getDomainAxis().getLabel()).toList();
  }

  @Test
  void severalLabelsAreDrawnByTheirMicroF1() throws IOException {
    TinyResults tree = TinyResults.write(root);
    // With nothing but its teacher, a task has nothing to tell.
    assertEquals(List.of("moods, accuracy (%)"), titles(panels()));
    Files.writeString(
        tree.path("grid/grid.txt"), "labels/tokens/seed-1\tf\n", StandardOpenOption.APPEND);
    tree.cell("labels/tokens", 1, 0.125);
    Path record = tree.path("grid/cells/labels/tokens/seed-1/cell.json");
    Files.writeString(record, Files.readString(record).replace("\"accuracy\"", "\"micro_f1\""));
    assertEquals(List.of("moods, accuracy (%)", "labels, tuned micro-F1 (%)"), titles(panels()));
  }

  @Test
  void oneSeedOfSeveralIsHollow() throws IOException {
    TinyResults tree = TinyResults.write(root);
    XYPlot both = panels().get(0);
    assertEquals(3, both.getDataset().getItemCount(0));
    assertEquals(0, both.getDataset().getItemCount(1));
    Files.delete(tree.path("grid/cells/moods/tokens/seed-2/cell.json"));
    XYPlot one = panels().get(0);
    assertEquals(2, one.getDataset().getItemCount(0));
    assertEquals(1, one.getDataset().getItemCount(1));
  }

  private static double start(double... values) {
    return AxisStart.of(Arrays.stream(values).mapToObj(it -> new Bar(it, it - 1, it + 1)).toList());
  }

  @Test
  void aFloorFarBelowTheRestIsOutsideTheAxis() {
    assertEquals(84, start(25, 25, 37, 85, 87, 87.5, 88, 89));
    // 50 to 90 without a gap: all of it is shown.
    assertEquals(49, start(50, 57, 61, 70, 72, 74, 77, 79, 80, 86, 90));
    assertEquals(24, start(25, 88));
  }

  @Test
  void aCurveFarAboveTheOthersIsToldAtTheEdge() {
    Curve.Point end = new Curve.Point(1000, 3.9, 0);
    List<FarCurves.Reach> reaches = new ArrayList<>();
    for (double high : new double[] {3.9, 1.0, 1.1}) {
      reaches.add(new FarCurves.Reach(Palette.of(0), 0.5, high, end));
    }
    FarCurves cut = new FarCurves(reaches);
    assertEquals(1, cut.far().size());
    assertEquals(1.1, cut.high());
    assertEquals(0, new FarCurves(reaches.subList(0, 2)).far().size());
    reaches.set(0, new FarCurves.Reach(Palette.of(0), 0.5, 1.6, end));
    assertEquals(0, new FarCurves(reaches).far().size());
  }
}

package io.gnomon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gnomon.bench.SuiteFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.plot.CombinedRangeXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccuracyChartTest {
  @TempDir Path root;

  @Test
  void severalLabelsAreDrawnByTheirMicroF1() throws IOException {
    TinyResults unused = TinyResults.write(root);
    SuiteCells cells = SuiteCells.read(SuiteFolder.of(root, "grid"));
    CombinedRangeXYPlot panels = (CombinedRangeXYPlot) AccuracyChart.of(cells).getPlot();
    List<String> titles = new ArrayList<>();
    for (Object panel : panels.getSubplots()) {
      titles.add(((XYPlot) panel).getDomainAxis().getLabel());
    }
    assertEquals(List.of("moods, accuracy (%)", "labels, micro-F1 (%)"), titles);
  }
}

package io.gnomon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.bench.SuiteFolder;
import io.gnomon.evaluation.Interval;
import io.gnomon.evaluation.McNemar;
import io.gnomon.evaluation.PairedBootstrap.Difference;
import io.gnomon.report.SuiteComparisons.Comparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteComparisonsTest {
  @TempDir Path root;

  private static Comparison comparison(double value, int onlyFirst, int onlySecond, boolean one) {
    Difference difference = new Difference(new Interval(value, value - 0.01, value + 0.01), 0.001);
    McNemar mcnemar = new McNemar(onlyFirst, onlySecond, false, 0.001);
    return new Comparison("t", "a", "b", difference, 0.01, mcnemar, 0.01, one);
  }

  @Test
  void bothTestsHaveToPointToOneSide() {
    assertEquals("a", comparison(0.03, 50, 10, false).better());
    assertEquals("b", comparison(-0.03, 10, 50, false).better());
    assertEquals("–", comparison(0.03, 10, 50, false).better());
    assertEquals("b (one seed)", comparison(-0.03, 10, 50, true).better());
    PairedComparison clear =
        new PairedComparison("t", "a", "b", 0.1, 0, 0.2, 0.01, 0.01, 5, 3, true);
    assertTrue(clear.isClear() && clear.turned().isClear());
    assertFalse(new PairedComparison("t", "a", "b", 0.1, 0, 0.2, 0.01, 0.01, 3, 5, true).isClear());
  }

  @Test
  void aCellWithoutAnswersStopsNoTable() throws IOException {
    TinyResults tree = TinyResults.write(root);
    SuiteFolder folder = SuiteFolder.of(root, "grid");
    Files.delete(tree.path("grid/cells/moods/tokens/seed-1/predictions.txt"));
    SuiteReport.write(folder);
    String text = Files.readString(folder.path().resolve("comparisons.md"));
    assertTrue(text.contains("\n| teacher | tokens | 0.0 "), text);
    assertTrue(text.contains("\n- `moods/tokens/seed-1` has no predictions.txt that can be"), text);
    assertTrue(text.contains("another seed is not in p"), text);
    // One seed of two is left, and is said to be one.
    assertEquals(
        List.of(true),
        PairedComparison.read(folder.path()).stream().map(it -> it.oneSeed()).toList());

    tree.file("grid/cells/moods/tokens/seed-2/predictions.txt", "gnomon predictions 1\n");
    SuiteReport.write(folder);
    String none = Files.readString(folder.path().resolve("comparisons.md"));
    assertTrue(none.contains("## moods\n\nNothing to compare.\n\n- `moods/tokens/seed-1`"), none);
  }

  /** One projection alone has its curve in its own run's picture. */
  @Test
  void oneCurveIsNoPictureAndAnOldOneGoes() throws IOException {
    TinyResults tree = TinyResults.write(root);
    tree.run("grid/cells/moods/tokens/seed-1", 1, 14, true);
    tree.file("grid/angle-moods.png", "old");
    SuiteFolder folder = SuiteFolder.of(root, "grid");
    List<Path> written = SuiteReport.write(folder);
    assertTrue(
        written.stream().noneMatch(it -> it.toString().contains("angle-")), written::toString);
    assertFalse(Files.exists(tree.path("grid/angle-moods.png")));
  }
}

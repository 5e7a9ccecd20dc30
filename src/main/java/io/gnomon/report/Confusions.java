package io.gnomon.report;

import io.gnomon.bench.CellPredictions;
import io.gnomon.bench.ClassPredictions;
import io.gnomon.bench.LabelPredictions;
import io.gnomon.config.InputException;
import io.gnomon.evaluation.ConfusionMatrix;
import io.gnomon.report.ApproachRow.Kept;
import io.gnomon.report.SuiteCells.TaskRows;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What was taken for what, counted from the predictions that a suite's cells keep beside the gold
 * labels. Of one class a text: gold by predicted. Of several labels a text no such matrix exists;
 * each label has those rightly given, wrongly given and missed. Seeds are added up.
 */
final class Confusions {
  private final BiConsumer<Kept, InputException> damaged;

  Confusions(BiConsumer<Kept, InputException> damaged) {
    this.damaged = damaged;
  }

  /** One object for each approach on each task that has predictions, as the page's script reads. */
  List<Map<String, Object>> of(SuiteCells suite) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (TaskRows task : suite.tasks()) {
      for (ApproachRow row : task.rows()) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("task", suite.suite().name() + " / " + task.task().name());
        object.put("approach", row.name());
        if (counted(row, object)) {
          all.add(object);
        }
      }
    }
    return all;
  }

  private boolean counted(ApproachRow row, Map<String, Object> object) {
    List<CellPredictions> kept = new ArrayList<>();
    for (Kept cell : row.finished()) {
      try {
        if (Files.isRegularFile(cell.folder().predictions())) {
          kept.add(CellPredictions.read(cell.folder().predictions()));
        }
      } catch (InputException e) {
        damaged.accept(cell, e);
      }
    }
    if (kept.isEmpty()) {
      return false;
    }
    object.put("seeds", kept.size());
    object.put("classes", kept.get(0).classes());
    boolean single = kept.get(0) instanceof ClassPredictions;
    object.put(single ? "counts" : "labels", single ? matrix(kept) : labels(kept));
    return true;
  }

  /** (K, K), gold by predicted. */
  private static int[][] matrix(List<CellPredictions> kept) {
    int classes = kept.get(0).classes().size();
    int[][] counts = new int[classes][classes];
    for (CellPredictions one : kept) {
      if (one instanceof ClassPredictions it) {
        ConfusionMatrix matrix = ConfusionMatrix.of(it.gold(), it.predicted(), classes);
        for (int k = 0; k < classes; k++) {
          for (int j = 0; j < classes; j++) {
            counts[k][j] += matrix.count(k, j);
          }
        }
      }
    }
    return counts;
  }

  /** (K, 3): rightly given, wrongly given, missed. */
  private static int[][] labels(List<CellPredictions> kept) {
    int[][] counts = new int[kept.get(0).classes().size()][3];
    for (CellPredictions one : kept) {
      if (one instanceof LabelPredictions it) {
        for (int i = 0; i < it.gold().length; i++) {
          add(counts, it.gold()[i], it.given()[i]);
        }
      }
    }
    return counts;
  }

  private static void add(int[][] counts, boolean[] gold, boolean[] given) {
    for (int k = 0; k < gold.length; k++) {
      if (gold[k] || given[k]) {
        counts[k][gold[k] && given[k] ? 0 : given[k] ? 1 : 2]++;
      }
    }
  }
}

package io.gnomon.report;

import io.gnomon.bench.CellPredictions;
import io.gnomon.config.ApproachConfig;
import io.gnomon.evaluation.Holm;
import io.gnomon.evaluation.McNemar;
import io.gnomon.evaluation.PairedBootstrap;
import io.gnomon.report.ApproachRow.Kept;
import io.gnomon.report.SuiteCells.TaskRows;
import java.util.ArrayList;
import java.util.List;

/**
 * Each approach against each other on the same test texts, task by task: the paired bootstrap of
 * the difference in accuracy, seeds averaged text by text, and McNemar's test between the first
 * finished seed of either. Both families of p-values are corrected after Holm for the comparisons
 * of the task. The constant stands outside: it is a floor, not a rival.
 */
final class SuiteComparisons {
  private static final long SEED = 1;

  private SuiteComparisons() {}

  /**
   * One pair on one task.
   *
   * @param difference accuracy of the first less that of the second
   * @param pBootstrap corrected
   * @param pMcnemar corrected
   */
  record Comparison(
      String task,
      String first,
      String second,
      PairedBootstrap.Difference difference,
      double pBootstrap,
      McNemar mcnemar,
      double pMcnemar) {
    /** The better one where both tests tell them apart at 5%, corrected. */
    String better() {
      if (pBootstrap >= 0.05 || pMcnemar >= 0.05) {
        return TableNumbers.NOTHING;
      }
      return difference.value().value() > 0 ? first : second;
    }
  }

  /**
   * What an approach answered.
   *
   * @param first of its first finished seed, whether right
   * @param mean over seeds, text by text
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  private record Answers(String name, CellPredictions kept, boolean[] first, double[] mean) {}

  static List<Comparison> of(SuiteCells cells) {
    return cells.tasks().stream().flatMap(task -> of(task).stream()).toList();
  }

  private static List<Comparison> of(TaskRows task) {
    List<Answers> all = new ArrayList<>();
    for (ApproachRow row : task.rows()) {
      if (!(row.kind() instanceof ApproachConfig.Constant) && !row.finished().isEmpty()) {
        Answers own = answers(row);
        // Answers to other texts than the first approach's have nothing to be paired with.
        if (all.isEmpty() || own.kept().sameGold(all.get(0).kept())) {
          all.add(own);
        }
      }
    }
    return all.size() < 2 ? List.of() : compared(task.task().name(), all);
  }

  private static Answers answers(ApproachRow row) {
    List<CellPredictions> all =
        row.finished().stream()
            .map((Kept cell) -> CellPredictions.read(cell.folder().predictions()))
            .toList();
    CellPredictions first = all.get(0);
    List<CellPredictions> seeds = all.stream().filter(it -> it.sameGold(first)).toList();
    double[] mean = new double[first.right().length];
    for (CellPredictions seed : seeds) {
      boolean[] right = seed.right();
      for (int i = 0; i < mean.length; i++) {
        mean[i] += right[i] ? 1.0 / seeds.size() : 0;
      }
    }
    return new Answers(row.name(), first, first.right(), mean);
  }

  private static List<Comparison> compared(String task, List<Answers> all) {
    double[][] scores = all.stream().map(Answers::mean).toArray(double[][]::new);
    PairedBootstrap bootstrap = new PairedBootstrap(scores, PairedBootstrap.RESAMPLES, SEED);
    List<Comparison> raw = new ArrayList<>();
    for (int a = 0; a < all.size(); a++) {
      for (int b = a + 1; b < all.size(); b++) {
        PairedBootstrap.Difference difference = bootstrap.difference(a, b);
        McNemar mcnemar = McNemar.of(all.get(a).first(), all.get(b).first());
        raw.add(
            new Comparison(
                task,
                all.get(a).name(),
                all.get(b).name(),
                difference,
                difference.p(),
                mcnemar,
                mcnemar.p()));
      }
    }
    return corrected(raw);
  }

  private static List<Comparison> corrected(List<Comparison> raw) {
    double[] bootstrap = Holm.adjust(raw.stream().mapToDouble(Comparison::pBootstrap).toArray());
    double[] mcnemar = Holm.adjust(raw.stream().mapToDouble(Comparison::pMcnemar).toArray());
    List<Comparison> corrected = new ArrayList<>();
    for (int i = 0; i < raw.size(); i++) {
      Comparison it = raw.get(i);
      corrected.add(
          new Comparison(
              it.task(),
              it.first(),
              it.second(),
              it.difference(),
              bootstrap[i],
              it.mcnemar(),
              mcnemar[i]));
    }
    return corrected;
  }

  static String markdown(String suite, List<Comparison> comparisons) {
    StringBuilder text = new StringBuilder("# ").append(suite).append(": comparisons\n\n");
    text.append(
        """
        Written by `gnomon bench` from the cells' folders. Of each pair on the same test texts: the difference
        in accuracy (first less second, points, seeds averaged text by text) with the 95% interval and p of
        the paired bootstrap (10,000 resamples, and the normal tail where fewer than 10 of them lie beyond 0),
        and McNemar's test between their first seeds: texts that one alone has right, and p (exact below 25 such
        texts, else with continuity correction). Both p are
        corrected after Holm for the comparisons of the task. The last column names the better where both are
        below 0.05.
        """);
    List<String> tasks = comparisons.stream().map(Comparison::task).distinct().toList();
    for (String task : tasks) {
      text.append("\n## ").append(task).append("\n\n");
      text.append(table(comparisons.stream().filter(it -> it.task().equals(task)).toList()));
    }
    return text.toString();
  }

  private static Markdown table(List<Comparison> comparisons) {
    Markdown table =
        new Markdown(
            List.of(
                "first",
                "second",
                "difference",
                "p, bootstrap",
                "only first right",
                "only second right",
                "p, McNemar",
                "better"));
    for (Comparison it : comparisons) {
      table.row(
          List.of(
              it.first(),
              it.second(),
              "%s [%s, %s]"
                  .formatted(
                      TableNumbers.percent(it.difference().value().value()),
                      TableNumbers.percent(it.difference().value().low()),
                      TableNumbers.percent(it.difference().value().high())),
              TableNumbers.p(it.pBootstrap()),
              TableNumbers.count(it.mcnemar().onlyFirst()),
              TableNumbers.count(it.mcnemar().onlySecond()),
              TableNumbers.p(it.pMcnemar()),
              it.better()));
    }
    return table;
  }
}

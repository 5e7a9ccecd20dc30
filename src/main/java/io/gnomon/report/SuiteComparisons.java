package io.gnomon.report;

import io.gnomon.evaluation.Holm;
import io.gnomon.evaluation.McNemar;
import io.gnomon.evaluation.PairedBootstrap;
import io.gnomon.report.SuiteCells.TaskRows;
import io.gnomon.report.TaskAnswers.Answers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Each approach against each other on the same test texts, task by task: the paired bootstrap of
 * the difference in accuracy, seeds averaged text by text, and McNemar's test between the first
 * finished seed of either. Both families of p-values are corrected after Holm for the comparisons
 * of the task. Both are of the trained models at hand: how far another seed would move either is in
 * neither.
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
   * @param oneSeed whether either is one training of an approach that another seed would change
   */
  record Comparison(
      String task,
      String first,
      String second,
      PairedBootstrap.Difference difference,
      double pBootstrap,
      McNemar mcnemar,
      double pMcnemar,
      boolean oneSeed) {
    /**
     * The better one where both tests tell them apart at 5%, corrected, and to the same side: the
     * first seeds may stand the other way round than all of them.
     */
    String better() {
      double value = difference.value().value();
      boolean oneSide =
          Integer.signum(mcnemar.onlyFirst() - mcnemar.onlySecond()) == (int) Math.signum(value);
      if (pBootstrap >= 0.05 || pMcnemar >= 0.05 || !oneSide) {
        return TableNumbers.NOTHING;
      }
      return (value > 0 ? first : second) + (oneSeed ? " (one seed)" : "");
    }
  }

  /**
   * All comparisons of a suite.
   *
   * @param remarks task → a line for each cell that is not among them
   */
  record Compared(List<Comparison> pairs, Map<String, List<String>> remarks) {}

  static Compared of(SuiteCells cells) {
    List<Comparison> pairs = new ArrayList<>();
    Map<String, List<String>> remarks = new LinkedHashMap<>();
    for (TaskRows task : cells.tasks()) {
      TaskAnswers answers = TaskAnswers.of(task);
      String name = task.task().name();
      if (answers.approaches().size() > 1) {
        pairs.addAll(compared(name, answers.approaches()));
      }
      if (!answers.remarks().isEmpty()) {
        remarks.put(name, answers.remarks());
      }
    }
    return new Compared(pairs, remarks);
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
                mcnemar.p(),
                all.get(a).oneSeed() || all.get(b).oneSeed()));
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
              mcnemar[i],
              it.oneSeed()));
    }
    return corrected;
  }

  static String markdown(String suite, Compared compared) {
    StringBuilder text = new StringBuilder("# ").append(suite).append(": comparisons\n\n");
    text.append(
        """
        Written by `gnomon bench` from the cells' folders. Of each pair on the same test texts: the difference
        in accuracy (first less second, points, seeds averaged text by text; of several labels a text, exact
        match) with the 95% interval and p of the paired bootstrap (10,000 resamples, and the normal tail where
        fewer than 10 of them lie beyond 0), and McNemar's test between their first seeds: texts that one alone
        has right, and p (exact below 25 such texts, else with continuity correction). Both p are corrected
        after Holm for the comparisons of the task.

        Both tests resample test texts only. They speak of these trained models: another seed is not in p. The
        last column names the better where both p are below 0.05 and both tests point to the same side; "(one
        seed)" stands behind it where either was trained once and another seed could turn the outcome.
        """);
    List<String> tasks =
        Stream.concat(
                compared.pairs().stream().map(Comparison::task),
                compared.remarks().keySet().stream())
            .distinct()
            .toList();
    for (String task : tasks) {
      text.append("\n## ").append(task).append("\n\n");
      List<Comparison> own =
          compared.pairs().stream().filter(it -> it.task().equals(task)).toList();
      text.append(own.isEmpty() ? "Nothing to compare.\n" : table(own).toString());
      List<String> remarks = compared.remarks().getOrDefault(task, List.of());
      text.append(remarks.isEmpty() ? "" : "\n");
      remarks.forEach(it -> text.append("- ").append(it).append('\n'));
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

package io.gnomon.report;

import io.gnomon.bench.Costs;
import io.gnomon.geometry.Spread;
import io.gnomon.report.SuiteCells.TaskRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** What each approach of a task cost: the second table of {@code table.md}. */
final class SuiteCosts {
  private static final List<String> HEAD =
      List.of(
          "approach",
          "preparation, s",
          "training, s",
          "samples seen",
          "peak memory, MiB",
          "parameters",
          "shared parameters",
          "ms a text, one at a time",
          "texts/s in bulk");

  /** A part of preparation that is less of it than this is not named. */
  private static final double NAMED = 0.01;

  private SuiteCosts() {}

  static Markdown of(TaskRows task) {
    Markdown table = new Markdown(HEAD);
    for (ApproachRow row : task.rows()) {
      List<String> line = new ArrayList<>(List.of(row.name()));
      List<Costs> costs = row.costs();
      line.addAll(
          costs.isEmpty()
              ? Collections.nCopies(HEAD.size() - 1, TableNumbers.NOTHING)
              : cells(costs));
      table.row(line);
    }
    return table;
  }

  private static List<String> cells(List<Costs> costs) {
    Costs one = costs.get(0);
    return List.of(
        preparation(costs),
        training(costs),
        TableNumbers.count(one.samples()),
        memory(costs),
        TableNumbers.count(one.parameters()),
        TableNumbers.count(one.sharedParameters()),
        TableNumbers.spread(over(costs, Costs::millisecondsPerText)),
        TableNumbers.spread(over(costs, Costs::textsPerSecond)));
  }

  /**
   * The mean over seeds, and its parts where there are several: texts that a model writes and the
   * labels it gives them are two costs.
   */
  static String preparation(List<Costs> costs) {
    Map<String, Double> parts = new LinkedHashMap<>();
    for (Costs one : costs) {
      one.preparationSeconds()
          .forEach((name, seconds) -> parts.merge(name, seconds / costs.size(), Double::sum));
    }
    double whole = parts.values().stream().mapToDouble(Double::doubleValue).sum();
    List<String> named =
        parts.entrySet().stream()
            .filter(it -> it.getValue() >= NAMED * whole)
            .map(it -> TableNumbers.significant(it.getValue()) + " " + title(it.getKey()))
            .toList();
    String seconds = TableNumbers.seconds(whole);
    return parts.size() < 2 || named.size() < 2
        ? seconds
        : seconds + ": " + named.stream().collect(Collectors.joining(" + "));
  }

  /**
   * The mean over seeds, and the share of the teacher's answers that training had not to ask for.
   */
  static String training(List<Costs> costs) {
    String seconds =
        TableNumbers.seconds(
            costs.stream().mapToDouble(Costs::trainingSeconds).average().orElseThrow());
    double[] shares =
        costs.stream()
            .map(Costs::answersKept)
            .filter(Objects::nonNull)
            .mapToDouble(it -> (double) it.kept() / Math.max(1, it.of()))
            .toArray();
    double share = Arrays.stream(shares).average().orElse(0);
    return share == 0 ? seconds : seconds + " (" + TableNumbers.percent(share) + "% kept)";
  }

  /** What a student's preparation calls so is its texts, read and tokenized. */
  private static String title(String part) {
    return part.equals("preparation") ? "reading" : part;
  }

  /** Of the seed that took most. */
  private static String memory(List<Costs> costs) {
    return costs.stream()
        .filter(it -> it.peakMemory() != null && it.memoryBefore() != null)
        .max(Comparator.comparing(it -> Objects.requireNonNull(it.peakMemory())))
        .map(
            it ->
                TableNumbers.mebibytes(Objects.requireNonNull(it.peakMemory()))
                    + " ("
                    + TableNumbers.mebibytes(Objects.requireNonNull(it.memoryBefore()))
                    + ")")
        .orElse(TableNumbers.NOTHING);
  }

  /** The median of the seeds' medians, with the least and the most of all rounds. */
  private static Spread over(List<Costs> costs, Function<Costs, Spread> which) {
    List<Spread> spreads = costs.stream().map(which).toList();
    double[] medians = spreads.stream().mapToDouble(Spread::median).toArray();
    DoubleStream least = spreads.stream().mapToDouble(Spread::min);
    DoubleStream most = spreads.stream().mapToDouble(Spread::max);
    return new Spread(
        Spread.of(medians).median(), least.min().orElseThrow(), most.max().orElseThrow());
  }
}

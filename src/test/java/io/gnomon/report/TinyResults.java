package io.gnomon.report;

import io.gnomon.bench.ClassPredictions;
import io.gnomon.bench.LabelPredictions;
import io.gnomon.trace.Measure;
import io.gnomon.trace.TraceFile;
import io.gnomon.trace.TraceRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder of results as runs and suites leave it: three seeds and an unfinished wider student of
 * one experiment, and a suite of two tasks.
 */
final class TinyResults {
  private static final String SUITE =
      """
      name: grid
      experiment: base.yaml
      tasks:
        - {name: moods, prompt: {prefix: "Is it? "}, classes: {good: [Good], bad: [Bad], odd: [Odd]},
           data: {kind: table, path: "embedded:goemotions-slice.tsv"}}
        - {name: labels, type: multi-label, prompt: {prefix: "It: ", suffix: " {label}?"},
           classes: {fun: [fun], dull: [dull]}, answers: {yes: ["Yes"], no: ["No"]},
           data: {kind: table, path: "embedded:goemotions-slice.tsv"}}
      seeds: [1, 2]
      approaches:
        teacher: {kind: teacher}
        constant: {kind: constant}
        tokens: {kind: projection}
      """;

  private final Path root;

  TinyResults(Path root) {
    this.root = root;
  }

  static TinyResults write(Path root) throws IOException {
    TinyResults tree = new TinyResults(root);
    for (int seed : new int[] {1, 2, 5}) {
      tree.run("toy/seed-" + seed, seed, 14, true);
    }
    tree.run("toy/wide", 1, 96, false);
    tree.suite();
    return tree;
  }

  Path path(String name) {
    return root.resolve(name);
  }

  void file(String name, String text) throws IOException {
    Files.createDirectories(path(name).getParent());
    Files.writeString(path(name), text);
  }

  /** A run of 600 steps, a row each 100; an unfinished one has its first four rows. */
  void run(String name, int seed, int hidden, boolean finished) throws IOException {
    file(
        name + "/config.yaml",
        """
        name: toy
        seed: %d
        task: {name: films, classes: {good: [Good], "</script><b>": [Bad]}}
        student: {kind: roberta, hidden: %d}
        optimizer: {beta1: 0.9}
        sampler: {kind: tokens}
        training: {steps: 600}
        """
            .formatted(seed, hidden));
    file(
        name + "/provenance.json",
        "{\"commit\": \"0123456789abcdef\", \"dirty\": false, \"jdk\": \"17\", \"cuda\": null,"
            + " \"text\": {\"rows\": 7}}");
    TraceFile trace = new TraceFile(path(name + "/trace.jsonl"));
    for (int step = 0; step <= (finished ? 600 : 300); step += 100) {
      trace.append(row(step, 0.01 * seed));
    }
    if (finished) {
      file(
          name + "/metrics.json",
          """
          {"steps": 600, "alpha": %s, "student_accuracy": {"value": 0.8125, "low": 0.75, "high": 0.875}}
          """
              .formatted(0.1 + 0.01 * seed));
    }
  }

  private static TraceRow row(int step, double shift) {
    double rest = Math.exp(-step / 200.0);
    return TraceRow.at(step)
        .put(Measure.ALPHA, 0.1 + shift + 0.5 * rest)
        .put(Measure.ALPHA_FLOOR, 0.5)
        .put(Measure.ALPHA_TEXT, 0.2 + shift + 0.4 * rest)
        .put(Measure.ALPHA_TEXT_FLOOR, 0.6)
        .put(Measure.NORM_G, 0.8)
        .put(Measure.NORM_H, 0.8 - 0.1 * rest)
        .put(Measure.C, 1 - 0.5 * rest)
        .put(Measure.C_STAR, 1 + 0.08 * rest)
        .put(Measure.AGREEMENT_NOISE, 0.95 - 0.4 * rest)
        .put(Measure.AGREEMENT_NOISE_FLOOR, 0.5)
        .build();
  }

  private void suite() throws IOException {
    file("grid/suite.yaml", SUITE);
    file(
        "grid/grid.txt",
        """
        moods/teacher/seed-1\tf
        moods/constant/seed-1\tf
        moods/tokens/seed-1\tf
        moods/tokens/seed-2\tf
        labels/teacher/seed-1\tf
        """);
    cell("moods/teacher", 1, 0.75);
    cell("moods/constant", 1, 0.5);
    cell("moods/tokens", 1, 0.625);
    cell("moods/tokens", 2, 0.6875);
    cell("labels/teacher", 1, 0.25);
    for (String cell : List.of("teacher/seed-1", "tokens/seed-1", "tokens/seed-2")) {
      double[][] h = {{0.8, 0.1, 0.1}, {0.6, 0.3, 0.1}, {0.1, 0.7, 0.2}, {0.2, 0.2, 0.6}};
      ClassPredictions.of(List.of("good", "bad", "odd"), new int[] {0, 1, 1, 2}, h)
          .write(path("grid/cells/moods/" + cell + "/predictions.txt"));
    }
    boolean[][] gold = {{true, false}, {true, true}, {false, true}};
    boolean[][] given = {{true, true}, {false, true}, {false, false}};
    new LabelPredictions(List.of("fun", "dull"), gold, given)
        .write(path("grid/cells/labels/teacher/seed-1/predictions.txt"));
    comparisons();
  }

  /** Tokens are surely behind the teacher, and perhaps before TF-IDF. */
  private void comparisons() throws IOException {
    file(
        "grid/comparisons.json",
        "["
            + String.join(
                ",",
                pair("teacher", "tokens", 0.09375, 0.03125, 0.15625, 0.03, 0.00001),
                pair("teacher", "tf-idf", 0.125, 0.0625, 0.1875, 0.01, 0.02),
                pair("tokens", "tf-idf", 0.03125, -0.0625, 0.125, 0.4, 0.01))
            + "]");
  }

  private static String pair(
      String first, String second, double value, double low, double high, double p, double q) {
    return """
        {"task": "moods", "first": "%s", "second": "%s",
         "difference": {"value": {"value": %s, "low": %s, "high": %s}, "p": 0.001},
         "p_bootstrap": %s, "mcnemar": {"only_first": 5, "only_second": 3}, "p_mcnemar": %s}
        """
        .formatted(first, second, value, low, high, p, q);
  }

  /** As gnomon bench leaves a cell that it has just begun. */
  void begun(String cell) throws IOException {
    file(
        "grid/cells/" + cell + "/config.yaml",
        "name: cell\nseed: 2\ntask: {name: moods}\ntraining: {steps: 600}\n");
  }

  void cell(String name, int seed, double accuracy) throws IOException {
    String folder = "grid/cells/" + name + "/seed-" + seed;
    file(folder + "/config.yaml", "name: cell\nseed: %d\ntask: {name: moods}\n".formatted(seed));
    file(
        folder + "/cell.json",
        """
        {"fingerprint": {"settings": "f", "teacher": "t", "texts": "x"},
         "figures": {"accuracy": {"value": %s, "low": %s, "high": %s}, "alpha_text": {"value": 0.25},
                     "alpha_text_floor": {"value": 0.5}},
         "machine": {"ended": "2026-01-02T03:04:05Z", "seconds": 7, "processor": "P", "cores": 2,
                     "device": "cpu", "threads": 1, "os": "Linux", "jdk": "17", "libtorch": "2.7.1"}}
        """
            .formatted(accuracy, accuracy - 0.0625, accuracy + 0.0625));
  }

  /** Breaks what can be broken, each in a folder of its own. */
  void damage() throws IOException {
    file("toy/half/config.yaml", "name: toy\n");
    file("toy/bare/trace.jsonl", "{\"step\":0,\"alpha\":0.5}\n");
    file("toy/torn/config.yaml", "name: toy\n");
    file("toy/torn/trace.jsonl", "{\"step\":0,\"alpha\":0.5}\n{\"step\":1,\"al\n");
    file("toy/cut/config.yaml", "name: toy\n");
    file("toy/cut/trace.jsonl", "{\"step\":0,\"alpha\":0.5}\n");
    file("toy/cut/metrics.json", "{\"steps\": 300}");
    file("grid/cells/moods/tokens/seed-2/cell.json", "{\"fingerprint\": {");
    file("grid/cells/moods/tokens/seed-1/predictions.txt", "gnomon predictions 1\n");
    file("grid/comparisons.json", "[{\"task\": \"moods\"}]");
    file("other/suite.yaml", "name: other\nseedz: [1]\n");
  }
}

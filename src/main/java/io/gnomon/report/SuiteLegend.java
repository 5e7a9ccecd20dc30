package io.gnomon.report;

import io.gnomon.config.ApproachConfig;
import io.gnomon.config.ApproachConfig.Classical;
import io.gnomon.config.ApproachConfig.Classical.Features;
import io.gnomon.config.ApproachConfig.Classical.Labels;
import io.gnomon.config.SuiteConfig;
import io.gnomon.config.TaskConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How {@code table.md} is to be read: what is true of the suite at hand, and no more. */
final class SuiteLegend {
  private final SuiteConfig suite;
  private final List<String> items = new ArrayList<>();

  private SuiteLegend(SuiteConfig suite) {
    this.suite = suite;
  }

  static String of(SuiteConfig suite) {
    SuiteLegend legend = new SuiteLegend(suite);
    legend.figures();
    legend.texts();
    legend.costs();
    return "## How to read this\n\n"
        + legend.items.stream().map(it -> "- " + it + "\n").collect(Collectors.joining());
  }

  private void figures() {
    items.add(
        """
        `a ± b`: mean over seeds, and half its 95% interval (Student's t), which says how far another training
          would move it; in `table.json` and in pictures the interval ends where the figure can go no further.
          `[c, d]`: 95% bootstrap interval over the test texts, which says how far another test set would move
          the figure; of several seeds its ends are averaged over their cells.""");
    if (any(ApproachConfig::trainsStudent)) {
      items.add(
          "In brackets behind α on noise: α₀, what the best constant reaches on the same inputs.");
    }
    boolean several = suite.tasks().stream().anyMatch(TaskConfig::multiLabel);
    boolean single = !suite.tasks().stream().allMatch(TaskConfig::multiLabel);
    if (any(ApproachConfig.Constant.class::isInstance)) {
      items.add(
          "*constant* answers every text with the class shares of the test set itself."
              + (single ? " Where a text has one class, no constant is right more often." : "")
              + (several
                  ? "\n  Where it may have several labels, its best exact match is that of the k likeliest,"
                      + " and a row is to be held against the best of its rules."
                  : ""));
    }
    if (several) {
      items.add(
          """
          Of several labels a text: a threshold a label is tuned on the dev texts, accuracy is exact match (all
            labels and no other), agreement is label by label at 0.5; beside it all labels from 0.5 on, and the k
            likeliest, k the mean number of labels on dev.""");
    }
  }

  private void texts() {
    items.add(
        suite.texts().test() == 0
            ? "Test sets are whole, but for texts with several labels where a task gives one a text."
            : ("Of each test set at most %,d texts are taken, class by class in proportion; where a task gives"
                    + " one label a text,\n  of those that have one.")
                .formatted(suite.texts().test()));
    if (any(it -> it instanceof Classical own && own.features() != Features.EMBEDDINGS)) {
      items.add(
          "Classical learners on words (tf-idf, two-gram) read whole texts; teacher, students and sentence"
              + " embeddings at\n  most the first %d tokens.".formatted(suite.texts().maxLength()));
    }
  }

  private void costs() {
    items.add(
        "Preparation is all before the first training step; parts below a hundredth of it are not"
            + " named.");
    if (suite.approaches().values().stream().filter(ApproachConfig::trainsStudent).count() > 1) {
      items.add(
          """
          Answers of the teacher may be kept (`teacher: {answers: keep}`), and those that an earlier cell had asked
            for cost a later one nothing: *training, s* of projections that share a sampler, and of one that goes
            on where another ends, does not compare, for the first that ran has paid. In brackets behind it: how much
            of them was kept, where that was counted.""");
    }
    if (any(it -> it instanceof Classical own && own.labels() == Labels.TEACHER)) {
      String distilled = names(ApproachConfig.Distillation.class::isInstance);
      items.add(
          "A row that learned the teacher's labels counts the labelling only where its preparation names it"
              + (distilled.isEmpty()
                  ? "."
                  : ";\n  what it takes stands in the preparation of " + distilled + "."));
    }
    items.add(
        "Shared parameters are read and not owned: a student's embedding table is the teacher's.");
    items.add(
        """
        Peak memory is the largest resident size of the process seen while the cell ran (looked at every 20 ms),
          in brackets what it was when the cell began: cells of one sitting share a process, so that only a cell
          run by itself (`--cell`) has a figure of its own.""");
    items.add(
        """
        Milliseconds a text and texts/s: the median of rounds, with the least and the most of them. They were
          taken beside whatever else ran on the machine; for speed itself see `gnomon latency`, or a suite that
          ran alone.""");
  }

  private boolean any(Predicate<ApproachConfig> which) {
    return suite.approaches().values().stream().anyMatch(which);
  }

  private String names(Predicate<ApproachConfig> which) {
    return suite.approaches().entrySet().stream()
        .filter(it -> which.test(it.getValue()))
        .map(Map.Entry::getKey)
        .map(name -> "*" + name + "*")
        .collect(Collectors.joining(", "));
  }
}

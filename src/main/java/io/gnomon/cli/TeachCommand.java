package io.gnomon.cli;

import io.gnomon.config.ConfigLoader;
import io.gnomon.config.TeachConfig;
import io.gnomon.evaluation.Decision;
import io.gnomon.evaluation.LabelScores;
import io.gnomon.evaluation.Scores;
import io.gnomon.teach.FinalEvaluation;
import io.gnomon.teach.TeachListener;
import io.gnomon.teach.Teaching;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gnomon teach}: a teacher made from labelled prompts. */
@Command(
    name = "teach",
    description = "Make a teacher from labelled prompts; goes on where a stopped one was.",
    footer = "Example: gnomon teach experiments/pocket-teacher/teach.yaml")
final class TeachCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "CONFIG", description = "The YAML file that says what to teach.")
  private Path file = Path.of("");

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Override one key of the file.")
  private List<String> sets = new ArrayList<>();

  TeachCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    TeachConfig config = ConfigLoader.teach(file, sets).config();
    try (Interruption interruption = Interruption.install()) {
      Lines lines = new Lines(console, interruption);
      Teaching.Outcome outcome = new Teaching(config, lines).run();
      if (outcome.finished()) {
        FinalEvaluation.Results results = new FinalEvaluation(config, lines).run();
        results.scores().forEach(this::examined);
        results.decisions().forEach((task, rules) -> rules.forEach(rule -> examined(task, rule)));
        console.out().println("teacher written to " + config.output());
        return ExitCode.OK;
      }
      console
          .err()
          .println("saved behind step " + outcome.step() + "; the same command goes on from there");
      return ExitCode.INTERRUPTED;
    }
  }

  private void examined(String task, Scores scores) {
    console
        .out()
        .printf(
            Locale.ROOT,
            "%-20s %6d texts  accuracy %.4f [%.4f, %.4f]  macro-F1 %.4f%n",
            task,
            scores.rows(),
            scores.accuracy().value(),
            scores.accuracy().low(),
            scores.accuracy().high(),
            scores.macroF1().value());
  }

  private void examined(String task, Decision decision) {
    LabelScores scores = decision.scores();
    console
        .out()
        .printf(
            Locale.ROOT,
            "%-20s %6d texts  %s: micro-F1 %.4f [%.4f, %.4f]  macro-F1 %.4f  exact match %.4f%n",
            task,
            scores.rows(),
            decision.rule(),
            scores.microF1().value(),
            scores.microF1().low(),
            scores.microF1().high(),
            scores.macroF1().value(),
            scores.exactMatch().value());
  }

  /** A line a log step. */
  private record Lines(Console console, Interruption interruption) implements TeachListener {
    @Override
    public void prepared(String line) {
      console.err().println(line);
    }

    @Override
    public void progress(int step, int steps, double loss, double textsPerSecond) {
      console
          .err()
          .println(
              String.format(
                  Locale.ROOT,
                  "step %d/%d  loss %.4f  %.0f texts/s",
                  step,
                  steps,
                  loss,
                  textsPerSecond));
    }

    @Override
    public boolean stop() {
      return interruption.requested();
    }
  }
}

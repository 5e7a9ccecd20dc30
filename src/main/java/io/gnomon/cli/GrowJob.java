package io.gnomon.cli;

import io.gnomon.grow.Grow;
import io.gnomon.grow.GrowCurve;
import io.gnomon.grow.Labels;
import io.gnomon.report.GrowPlot;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code gnomon grow} whoever labels.
 *
 * @param grow the rounds
 * @param out their folder, and the curve's
 */
record GrowJob(Console console, Grow grow, Path out) {
  /** Runs all rounds, or until it is interrupted, and says what became of them. */
  int run(Labels labels) {
    Optional<GrowCurve> curve = grow.run(labels);
    if (curve.isEmpty()) {
      console.err().println("gnomon: what is done is kept; the same command goes on from there");
      return ExitCode.INTERRUPTED;
    }
    GrowPlot.write(curve.get(), out.resolve("curve"));
    GrowText.lines(curve.get()).forEach(console.out()::println);
    console.out().println("written to " + out.resolve("curve") + ".json, .png and .svg");
    return ExitCode.OK;
  }

  /**
   * The same with a person's labels: what the person lacks is asked for, and the job ends before
   * its end.
   *
   * @param file of the labels
   * @param task as it was given
   */
  int run(GoldLabels labels, Path file, String task) {
    try {
      return run(labels);
    } catch (Labels.Missing missing) {
      Path wanted = out.resolve("wanted.jsonl");
      GoldLabels.want(missing.texts(), wanted);
      console
          .err()
          .println(
              "gnomon: %d posts have no label in %s yet: label them by 'gnomon inspect %s --task %s --review --gold %s'; the same command goes on then"
                  .formatted(missing.texts().size(), file, word(wanted), word(task), word(file)));
      return ExitCode.INTERRUPTED;
    }
  }

  /** As a shell reads it in one. */
  private static String word(Object given) {
    String text = given.toString();
    return text.matches("[\\w./:@%+=,~-]+") ? text : '"' + text + '"';
  }
}

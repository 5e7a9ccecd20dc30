package io.gnomon.export;

import io.gnomon.export.GateReport.Accuracy;
import io.gnomon.export.GateReport.Cut;
import io.gnomon.export.GateReport.Part;
import java.util.Locale;

/** What the gate saw, as Markdown. */
final class GateText {
  private GateText() {}

  static String of(GateReport report) {
    StringBuilder text = new StringBuilder();
    text.append("The export beside the student it was made from, on the same tokens:\n\n");
    text.append("| texts | how many | largest difference of a probability | same labels |\n");
    text.append("|---|---|---|---|\n");
    report.parts().forEach(part -> text.append(row(part)));
    text.append('\n');
    report
        .accuracy()
        .ifPresent(a -> sentence(text, "Accuracy on the task's texts: " + shares(a) + "."));
    if (!report.missing().isEmpty()) {
      sentence(text, "Labelled texts were not at hand: " + report.missing() + ".");
    }
    report.cut().ifPresent(cut -> sentence(text, cut(cut)));
    return text.toString();
  }

  private static void sentence(StringBuilder text, String sentence) {
    text.append(sentence).append("\n\n");
  }

  private static String row(Part part) {
    // Rounded to 100 only where nothing changed.
    String same =
        part.changed() == 0
            ? "all"
            : String.format(
                Locale.ROOT, "%.2f %% (%d changed)", 100 * part.agreement(), part.changed());
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.1e | %s |\n",
        part.name(),
        part.texts(),
        part.difference(),
        same);
  }

  private static String shares(Accuracy accuracy) {
    return String.format(
        Locale.ROOT,
        "%.2f %%, before %.2f %%",
        100 * accuracy.exported(),
        100 * accuracy.student());
  }

  private static String cut(Cut cut) {
    return String.format(
        Locale.ROOT,
        "What the cut vocabulary changed, on %d texts: %.1f %% are tokenized as before, %.2f %% keep"
            + " their labels%s.",
        cut.texts(),
        100 * cut.sameTokens(),
        100 * cut.agreement(),
        cut.accuracy().map(a -> ", accuracy " + shares(a)).orElse(""));
  }
}

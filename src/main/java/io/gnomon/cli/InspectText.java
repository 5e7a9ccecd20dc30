package io.gnomon.cli;

import io.gnomon.inspect.Agreement;
import io.gnomon.inspect.Attention;
import io.gnomon.inspect.Estimate;
import io.gnomon.inspect.Findings;
import io.gnomon.inspect.NearDuplicates;
import io.gnomon.inspect.NearDuplicates.Near;
import io.gnomon.inspect.Reason;
import io.gnomon.inspect.SetSummary;
import io.gnomon.inspect.SetSummary.Duplicate;
import io.gnomon.inspect.SetSummary.Lengths;
import io.gnomon.inspect.Shares;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@code gnomon inspect} prints. */
final class InspectText {
  private static final int QUOTED = 60;
  private static final String INDENT = "  ";

  private final List<String> lines = new ArrayList<>();
  private final int most;

  private InspectText(int most) {
    this.most = most;
  }

  /**
   * The findings for a person to read.
   *
   * @param most lines of each list
   */
  static List<String> lines(Findings findings, int most) {
    InspectText text = new InspectText(most);
    text.summary(findings.set());
    if (findings.test() != null) {
      text.summary(findings.test());
    }
    if (findings.shares() != null) {
      text.shares(findings.shares());
    }
    if (findings.near() != null) {
      text.near(findings.near(), findings.set().rows());
    }
    if (findings.agreement() != null) {
      text.agreement(findings.agreement());
    }
    text.attention(findings.attention());
    return text.lines.subList(1, text.lines.size());
  }

  private void head(String format, Object... values) {
    lines.add("");
    add(format, values);
  }

  private void add(String format, Object... values) {
    lines.add(String.format(Locale.ROOT, format, values));
  }

  private void add(TextTable table) {
    lines.addAll(table.lines(INDENT));
  }

  private void more(int all, String what) {
    if (all > most) {
      add("  … and %d more %s: --show 0 for all, or --json FILE", all - most, what);
    }
  }

  private void summary(SetSummary set) {
    head("%s: %d rows", set.name(), set.rows());
    add("  characters a text  %s", lengths(set.characters()));
    add("  words a text       %s", lengths(set.words()));
    if (set.labelsPerText().size() > 1 || !set.labelsPerText().containsKey(1)) {
      add(
          "  labels a text      %s",
          set.labelsPerText().entrySet().stream()
              .map(entry -> entry.getKey() + ": " + entry.getValue())
              .collect(Collectors.joining(", ")));
    }
    rows("without a text", set.empty());
    rows("without a label", set.unlabelled());
    if (!set.outside().isEmpty()) {
      add("  labels outside the list: %s", String.join(", ", set.outside()));
    }
    duplicates(set.duplicates());
    TextTable table = new TextTable(false, true, true);
    table.row("label", "rows", "share");
    set.labels()
        .forEach(label -> table.row(label.label(), "" + label.rows(), percent(label.share())));
    add(table);
    together(set.together());
  }

  private static String lengths(Lengths of) {
    return "%d to %d, median %d, 95%% up to %d"
        .formatted(of.least(), of.most(), of.median(), of.p95());
  }

  private void rows(String what, List<Integer> rows) {
    if (!rows.isEmpty()) {
      add("  %d %s: %s", rows.size(), what, numbered(rows));
    }
  }

  private static String numbered(List<Integer> rows) {
    String first = rows.stream().limit(5).map(String::valueOf).collect(Collectors.joining(", "));
    return (rows.size() == 1 ? "row " : "rows ") + first + (rows.size() > 5 ? ", …" : "");
  }

  private void duplicates(List<Duplicate> duplicates) {
    if (duplicates.isEmpty()) {
      return;
    }
    List<Duplicate> conflicts = duplicates.stream().filter(Duplicate::conflict).toList();
    add(
        "  %d texts occur more than once, %d of them with different labels",
        duplicates.size(), conflicts.size());
    conflicts.stream()
        .limit(most)
        .forEach(
            found ->
                add(
                    "    %s: %s  %s",
                    numbered(found.rows()),
                    found.labels().stream()
                        .map(InspectText::joined)
                        .collect(Collectors.joining(" | ")),
                    quoted(found.text())));
    more(conflicts.size(), "texts");
  }

  private void together(List<SetSummary.Together> pairs) {
    if (pairs.isEmpty()) {
      return;
    }
    add("  labels together (lift: over what chance gives)");
    TextTable table = new TextTable(false, true, true);
    pairs.stream()
        .limit(most)
        .forEach(
            pair ->
                table.row(
                    pair.first() + " + " + pair.second(),
                    "" + pair.rows(),
                    String.format(Locale.ROOT, "%.2f", pair.lift())));
    add(table);
    more(pairs.size(), "pairs");
  }

  private void shares(Shares shares) {
    head("shares of labels: %s against %s", shares.train(), shares.test());
    TextTable table = new TextTable(false, true, true, true, false, true, false);
    table.row("label", "train", "test", "difference", "95% interval", "p (Holm)", "");
    for (Shares.Label label : shares.labels()) {
      table.row(
          label.label(),
          percent(label.trainShare()),
          percent(label.testShare()),
          points(label.difference().value()),
          "[" + points(label.difference().low()) + ", " + points(label.difference().high()) + "]",
          p(label.adjusted()),
          (label.differs() ? "differs, " : "") + label.test());
    }
    add(table);
    long differ = shares.labels().stream().filter(Shares.Label::differs).count();
    add(
        "  %d of %d labels differ by more than chance (p < %.2f)",
        differ, shares.labels().size(), Shares.LEVEL);
    if (shares.whole() != null) {
      add(
          "  all labels at once: chi-square %.2f on %d degrees of freedom, p %s",
          shares.whole().chiSquare(), shares.whole().degrees(), of(shares.whole().p()));
    }
  }

  private void near(NearDuplicates near, int rows) {
    head(
        "near-duplicates: Jaccard similarity of %d-character shingles from %.2f",
        near.shingle(), near.similarity());
    if (near.across() != null) {
      long touched =
          near.across().stream().flatMap(pair -> pair.rows().stream()).distinct().count();
      add(
          "  across the split: %d pairs; %d of %d rows are in the test set, or nearly",
          near.across().size(), touched, rows);
      pairs(near.across(), "test row ");
    }
    if (near.within() != null) {
      long conflicts = near.within().stream().filter(Near::conflict).count();
      add("  within: %d pairs, %d with different labels", near.within().size(), conflicts);
      pairs(near.within(), "row ");
    }
  }

  private void pairs(List<Near> pairs, String other) {
    for (Near pair : pairs.subList(0, Math.min(most, pairs.size()))) {
      add(
          "    %.2f  row %s, %s%s%s  %s",
          pair.similarity(),
          plus(pair.rows()),
          other,
          plus(pair.others()),
          pair.conflict() ? ", other labels" : "",
          quoted(pair.text()));
    }
    more(pairs.size(), "pairs");
  }

  private static String plus(List<Integer> rows) {
    return rows.get(0) + (rows.size() > 1 ? " (and " + (rows.size() - 1) + " alike)" : "");
  }

  private void agreement(Agreement agreement) {
    head("agreement: %s against %s", agreement.first(), agreement.second());
    add(
        "  %d texts that both labelled; %d in the first alone, %d in the second alone",
        agreement.rows(), agreement.onlyFirst(), agreement.onlySecond());
    add("  same labels           %s", estimate(agreement.same()));
    String several = agreement.several() ? ", mean over labels" : "";
    add("  Cohen's kappa         %s%s", estimate(agreement.kappa()), several);
    add(
        "  Krippendorff's alpha  %s, %s",
        estimate(agreement.alpha()), agreement.several() ? "MASI distance" : "nominal");
    TextTable table = new TextTable(false, true, true, true, true, true);
    table.row("label", "both", "first alone", "second alone", "kappa", "alpha");
    agreement
        .labels()
        .forEach(
            label ->
                table.row(
                    label.label(),
                    "" + label.both(),
                    "" + label.first(),
                    "" + label.second(),
                    estimate(label.kappa()),
                    estimate(label.alpha())));
    add(table);
    List<Agreement.Confused> confused =
        agreement.confusion().stream().filter(cell -> !cell.first().equals(cell.second())).toList();
    if (!confused.isEmpty()) {
      add("  confused: what the first said, what the second said");
      TextTable cells = new TextTable(false, false, true);
      confused.stream()
          .limit(most)
          .forEach(cell -> cells.row(cell.first(), cell.second(), "" + cell.rows()));
      add(cells);
      more(confused.size(), "confusions");
    }
  }

  private void attention(List<Attention.Row> rows) {
    if (rows.isEmpty()) {
      head("no row asks for a look");
      return;
    }
    head("%d rows worth a look, the worthiest first", rows.size());
    for (Attention.Row row : rows.subList(0, Math.min(most, rows.size()))) {
      add("  row %d (%s)  %s", row.row(), joined(row.labels()), quoted(row.text()));
      add("    %s", row.reasons().stream().map(Reason::detail).collect(Collectors.joining("; ")));
    }
    more(rows.size(), "rows");
  }

  private static String joined(List<String> labels) {
    return labels.isEmpty() ? "none" : String.join(", ", labels);
  }

  private static String quoted(String text) {
    String line = text.replaceAll("\\s+", " ");
    return '"' + (line.length() > QUOTED ? line.substring(0, QUOTED) + "…" : line) + '"';
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  private static String points(double share) {
    return String.format(Locale.ROOT, "%+.1f", 100 * share);
  }

  private static String of(double p) {
    return p < 0.001 ? "< 0.001" : "= " + p(p);
  }

  private static String p(double p) {
    return p < 0.001 ? "<0.001" : String.format(Locale.ROOT, "%.3f", p);
  }

  private static String estimate(@Nullable Estimate estimate) {
    if (estimate == null) {
      return "–";
    }
    return estimate.low() == null || estimate.high() == null
        ? String.format(Locale.ROOT, "%.3f", estimate.value())
        : String.format(
            Locale.ROOT, "%.3f [%.3f, %.3f]", estimate.value(), estimate.low(), estimate.high());
  }
}

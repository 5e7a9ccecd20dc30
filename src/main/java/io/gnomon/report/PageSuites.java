package io.gnomon.report;

import io.gnomon.bench.Figure;
import io.gnomon.report.ApproachRow.Summary;
import io.gnomon.report.SuiteCells.TaskRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** A suite's tables on the page: each task's figures with their 95% intervals, the first drawn. */
final class PageSuites {
  private PageSuites() {}

  static String of(List<SuiteCells> suites) {
    Html html = new Html();
    for (SuiteCells suite : suites) {
      html.element("h3", suite.suite().name());
      suite.tasks().forEach(task -> task(html, suite.suite().name(), task));
    }
    return html.toString();
  }

  private static void task(Html html, String suite, TaskRows task) {
    boolean any = task.rows().stream().anyMatch(row -> !row.finished().isEmpty());
    html.open("details", any ? "open" : "class", any ? "" : "empty");
    html.element("summary", task.task().name() + ", " + stand(task));
    if (any) {
      String name = suite + ", " + task.task().name();
      html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", name);
      table(html, name, task);
      html.close("div");
      floors(html, task);
      notRun(html, task);
    }
    html.close("details");
  }

  private static String stand(TaskRows task) {
    long finished = task.rows().stream().mapToLong(row -> row.finished().size()).sum();
    long all = task.rows().stream().mapToLong(row -> row.cells().size()).sum();
    return finished + " of " + all + " cells finished";
  }

  private static void table(Html html, String name, TaskRows task) {
    List<Figure> shown = SuiteTable.shown(task);
    List<String> titles = new ArrayList<>(List.of("approach"));
    titles.add(shown.get(0).title() + ", drawn");
    shown.forEach(figure -> titles.add(figure.title() + (figure.isAngle() ? ", rad" : ", %")));
    titles.add("seeds");
    Html table = PageTables.head(name, true, titles.toArray(String[]::new));
    Range range = Range.of(task, shown.get(0));
    task.rows().stream()
        .filter(row -> !row.untouched())
        .forEach(row -> row(table, row, shown, range));
    html.raw(table.close("tbody").close("table").toString());
  }

  private static void row(Html html, ApproachRow row, List<Figure> shown, Range range) {
    boolean run = !row.finished().isEmpty();
    html.open("tr", "class", run ? "" : "missing");
    html.element("th", row.name(), "scope", "row", "data-sort", row.name());
    Summary first = row.figure(shown.get(0)).orElse(null);
    String sort = first == null ? "" : Double.toString(first.value());
    html.open("td", "class", "drawn", "data-sort", sort, "aria-hidden", "true");
    if (first != null) {
      html.element("span", "", "class", "interval", "style", range.style(first));
    }
    html.close("td");
    for (Figure figure : shown) {
      Double value = row.figure(figure).map(Summary::value).orElse(null);
      PageTables.figure(html, figure.title(), SuiteTable.figure(row, figure), value);
    }
    PageTables.data(html, "seeds", SuiteTable.seeds(row));
    html.close("tr");
  }

  private static void floors(Html html, TaskRows task) {
    for (Figure floor : List.of(Figure.ALPHA_TEXT_FLOOR, Figure.AGREEMENT_FLOOR)) {
      task.rows().stream()
          .flatMap(row -> row.figure(floor).stream())
          .findFirst()
          .ifPresent(
              it ->
                  html.element(
                      "p",
                      floor.title()
                          + ": "
                          + TableNumbers.number(floor, it.value())
                          + (floor.isAngle() ? " rad" : "%"),
                      "class",
                      "note"));
    }
  }

  private static void notRun(Html html, TaskRows task) {
    String names =
        task.rows().stream()
            .filter(ApproachRow::untouched)
            .map(ApproachRow::name)
            .collect(Collectors.joining(", "));
    if (!names.isEmpty()) {
      html.element("p", "not finished yet: " + names, "class", "note");
    }
  }

  /** The least and the most that a column shows. */
  private record Range(double low, double high) {
    static Range of(TaskRows task, Figure figure) {
      List<Summary> all = task.rows().stream().flatMap(row -> row.figure(figure).stream()).toList();
      return new Range(
          all.stream().flatMapToDouble(Range::ends).min().orElse(0),
          all.stream().flatMapToDouble(Range::ends).max().orElse(1));
    }

    private static DoubleStream ends(Summary it) {
      return DoubleStream.of(
          it.value(),
          Objects.requireNonNullElse(it.low(), it.value()),
          Objects.requireNonNullElse(it.high(), it.value()));
    }

    String style(Summary it) {
      double[] ends = ends(it).map(this::place).toArray();
      return String.format(
          Locale.ROOT, "--value:%.1f%%;--low:%.1f%%;--high:%.1f%%", ends[0], ends[1], ends[2]);
    }

    private double place(double value) {
      return high > low ? Math.min(100, Math.max(0, 100 * (value - low) / (high - low))) : 50;
    }
  }
}

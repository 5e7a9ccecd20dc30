package io.gnomon.report;

import io.gnomon.bench.Estimate;
import io.gnomon.report.PageRun.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The page's tables of runs; the suites' are {@link PageSuites}'s. */
final class PageTables {
  /** What of its provenance tells one run's circumstances from another's. */
  private static final List<String> CIRCUMSTANCES =
      List.of(
          "commit", "dirty", "gnomon", "djl", "libtorch", "cuda", "jdk", "os", "device", "threads");

  private static final List<Column> COLUMNS =
      List.of(
          new Column("α on noise", "alpha"),
          new Column("α₀ on noise", "alpha_floor"),
          new Column("α on text", "alpha_text"),
          new Column("α₀ on text", "alpha_text_floor"),
          new Column("agreement on noise, %", "agreement_noise"),
          new Column("agreement on text, %", "agreement_text"),
          new Column("accuracy, %", "accuracy"));

  private record Column(String title, String key) {}

  private PageTables() {}

  /** Folders that are not, or not wholly, in the page; empty where there are none. */
  static String damages(List<Damage> damages) {
    if (damages.isEmpty()) {
      return "";
    }
    Html html = new Html();
    html.open("section", "id", "damaged", "aria-labelledby", "damaged-title");
    html.element("h2", "Damaged or half-written", "id", "damaged-title");
    html.open("ul", "class", "damage");
    for (Damage damage : damages) {
      html.open("li").element("code", damage.place()).text(damage.cause()).close("li");
    }
    return html.close("ul").close("section").toString();
  }

  static String experiments(List<PageRun> runs) {
    Map<String, List<PageRun>> byName = new LinkedHashMap<>();
    runs.forEach(
        run -> byName.computeIfAbsent(run.experiment(), key -> new ArrayList<>()).add(run));
    Html html =
        head("Experiments", false, "experiment", "runs", "finished", "seeds", "tasks", "kinds");
    byName.forEach((name, members) -> experiment(html, name, members));
    return html.close("tbody").close("table").toString();
  }

  private static void experiment(Html html, String name, List<PageRun> members) {
    long finished = members.stream().filter(run -> run.state() == State.FINISHED).count();
    html.open("tr").open("th", "scope", "row");
    html.element("button", name, "type", "button", "class", "link", "data-experiment", name);
    html.close("th");
    figure(html, "runs", Integer.toString(members.size()), (double) members.size());
    figure(html, "finished", Long.toString(finished), (double) finished);
    data(html, "seeds", joined(members, "seed"));
    data(html, "tasks", joined(members, "task.name"));
    Set<String> kinds = new LinkedHashSet<>();
    members.forEach(run -> kinds.add(run.kind()));
    data(html, "kinds", kinds.size() > 6 ? kinds.size() + " kinds" : String.join(", ", kinds));
    html.close("tr");
  }

  private static String joined(List<PageRun> members, String key) {
    Set<String> values = new LinkedHashSet<>();
    members.forEach(run -> values.add(run.setting(key)));
    values.remove("");
    return String.join(", ", values);
  }

  static String runs(List<PageRun> runs) {
    List<String> titles = new ArrayList<>(List.of("run", "task", "kind", "seed", "steps"));
    COLUMNS.forEach(column -> titles.add(column.title()));
    titles.add("state");
    Html html = head("Runs", true, titles.toArray(String[]::new));
    for (int i = 0; i < runs.size(); i++) {
      run(html, runs.get(i), i);
    }
    return html.close("tbody").close("table").toString();
  }

  private static void run(Html html, PageRun run, int index) {
    String state = run.state().name().toLowerCase(Locale.ROOT);
    html.open(
        "tr", "data-run", "" + index, "data-experiment", run.experiment(), "data-state", state);
    html.open("th", "scope", "row", "data-sort", run.name());
    html.element("button", run.name(), "type", "button", "class", "link", "data-show", "" + index);
    html.close("th");
    data(html, "task", run.setting("task.name"));
    data(html, "kind", run.kind());
    figure(html, "seed", run.setting("seed"), whole(run.setting("seed")));
    figure(html, "steps", steps(run), whole(steps(run).replace(",", "")));
    for (Column column : COLUMNS) {
      Estimate figure = run.figures().get(column.key());
      figure(
          html,
          column.title(),
          FigureText.of(column.key(), figure),
          figure == null ? null : figure.value());
    }
    data(html, "state", run.remark().isEmpty() ? state : state + ": " + run.remark());
    html.close("tr");
  }

  private static String steps(PageRun run) {
    boolean traced = !run.run().rows().isEmpty();
    return traced
        ? TableNumbers.count(run.run().rows().get(run.run().rows().size() - 1).step())
        : TableNumbers.NOTHING;
  }

  private static @Nullable Double whole(String text) {
    return text.matches("-?[0-9]{1,18}") ? Double.valueOf(text) : null;
  }

  /** Under which program, versions and machine the runs came to be, one row each. */
  static String provenance(List<PageRun> runs) {
    Map<List<String>, List<PageRun>> byFacts = new LinkedHashMap<>();
    for (PageRun run : runs) {
      List<String> facts =
          CIRCUMSTANCES.stream()
              .map(key -> run.facts().getOrDefault(key, TableNumbers.NOTHING))
              .toList();
      byFacts.computeIfAbsent(facts, key -> new ArrayList<>()).add(run);
    }
    List<String> titles = new ArrayList<>(CIRCUMSTANCES);
    titles.add("runs");
    Html html = head("Provenance", true, titles.toArray(String[]::new));
    byFacts.forEach((facts, members) -> circumstances(html, facts, members));
    return html.close("tbody").close("table").toString();
  }

  private static void circumstances(Html html, List<String> facts, List<PageRun> members) {
    html.open("tr");
    html.open("th", "scope", "row", "title", facts.get(0));
    html.element("code", facts.get(0).substring(0, Math.min(10, facts.get(0).length())));
    html.close("th");
    for (int i = 1; i < facts.size(); i++) {
      data(html, CIRCUMSTANCES.get(i), facts.get(i));
    }
    html.open("td", "data-label", "runs", "data-sort", "" + members.size()).open("details");
    html.element("summary", members.size() == 1 ? "1 run" : members.size() + " runs");
    members.forEach(run -> html.element("div", run.name()));
    html.close("details").close("td").close("tr");
  }

  /** A table up to its first row; its columns are sorted by their heads where that is of use. */
  static Html head(String caption, boolean sorted, String... titles) {
    Html html = new Html();
    String id = caption.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    html.open("table", "id", id + "-table", "class", sorted ? "sorted" : "plain");
    html.element("caption", caption, "class", "unseen").open("thead").open("tr");
    for (String title : titles) {
      html.open("th", "scope", "col");
      if (sorted) {
        html.element("button", title, "type", "button", "class", "sort");
      } else {
        html.text(title);
      }
      html.close("th");
    }
    return html.close("tr").close("thead").open("tbody");
  }

  static void data(Html html, String label, String text) {
    html.element("td", text, "data-label", label);
  }

  /** Sorted by {@code value}; what has none comes last, whichever way. */
  static void figure(Html html, String label, String text, @Nullable Double value) {
    String sort = value == null ? "" : Double.toString(value);
    html.element("td", text, "class", "number", "data-label", label, "data-sort", sort);
  }
}

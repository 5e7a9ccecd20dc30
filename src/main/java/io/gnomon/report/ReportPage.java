package io.gnomon.report;

import io.gnomon.bench.SuiteFolder;
import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.config.InputException;
import io.gnomon.report.PageRun.State;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All runs and suites below a folder as one page that needs no other file and no network. The same
 * folders give the same bytes.
 *
 * <p>Curves are drawn by Chart.js (4.5.1), zoomed by its plug-in (2.2.0) and, with fingers, by
 * Hammer.js (2.0.8), all under the MIT licence, whose text goes into the page with them.
 */
public final class ReportPage {
  private static final String JARS = "/META-INF/resources/webjars/";

  /** In this order: the plug-in looks for the other two. */
  private static final List<String> LIBRARIES =
      List.of(
          "chart.js/4.5.1/LICENSE.md",
          "chart.js/4.5.1/dist/chart.umd.min.js",
          "hammerjs/2.0.8/LICENSE.md",
          "hammerjs/2.0.8/hammer.min.js",
          "chartjs-plugin-zoom/2.2.0/LICENSE.md",
          "chartjs-plugin-zoom/2.2.0/dist/chartjs-plugin-zoom.min.js");

  private static final List<String> SCRIPTS =
      List.of("tables.js", "curves.js", "pairs.js", "confusions.js", "compare.js");

  private final ResultTree tree;
  private final List<Damage> damages = new ArrayList<>();

  private ReportPage(ResultTree tree) {
    this.tree = tree;
    damages.addAll(tree.closed());
  }

  /**
   * What a page holds.
   *
   * @param runs runs and cells
   * @param suites suites with their tables
   * @param damages what could not be read whole
   * @param bytes size of the page
   */
  public record Outcome(int runs, int suites, List<Damage> damages, int bytes) {
    /** What the page has, in words. */
    public String said() {
      return "%s, %s, %,d kB"
          .formatted(counted(runs, "run"), counted(suites, "suite"), (bytes + 500) / 1000);
    }
  }

  /**
   * Writes the page.
   *
   * @throws InputException when there is nothing to show below {@code root}, or the page cannot be
   *     written; what is damaged is told on the page and in the outcome
   */
  public static Outcome write(Path root, Path out) {
    return new ReportPage(ResultTree.of(root)).write(out);
  }

  private Outcome write(Path out) {
    List<PageRun> runs = new PageRuns(tree, damages).read();
    List<SuiteCells> suites = suites();
    Confusions confusions =
        new Confusions(
            (cell, problem) ->
                damages.add(Damage.of(tree.name(cell.folder().path()), tree.root(), problem)));
    List<Map<String, Object>> counted =
        suites.stream().flatMap(suite -> confusions.of(suite).stream()).toList();
    List<Map<String, Object>> pairs = pairs();
    String page =
        filled(
            text(resource("page.html")),
            Map.of(
                "title", Html.escaped(String.valueOf(tree.root().getFileName())),
                "summary", Html.escaped(summary(runs, suites)),
                "style", text(resource("page.css")),
                "damages", PageTables.damages(damages),
                "experiments", PageTables.experiments(runs),
                "runs", PageTables.runs(runs),
                "suites", PageSuites.of(suites),
                "provenance", PageTables.provenance(runs),
                "data", PageData.of(runs, counted, pairs),
                "script", scripts()));
    AtomicFiles.writeString(out, page);
    int bytes = page.getBytes(StandardCharsets.UTF_8).length;
    return new Outcome(runs.size(), suites.size(), List.copyOf(damages), bytes);
  }

  private List<SuiteCells> suites() {
    List<SuiteCells> suites = new ArrayList<>();
    for (Path folder : tree.suites()) {
      try {
        // What is damaged in a cell was told when the cells were read as runs.
        suites.add(SuiteCells.read(new SuiteFolder(folder), problem -> {}));
      } catch (InputException e) {
        damages.add(Damage.of(tree.name(folder), tree.root(), e));
      }
    }
    return suites;
  }

  /** From the suites' own files: to compare again would take a bootstrap of every pair. */
  private List<Map<String, Object>> pairs() {
    List<Map<String, Object>> pairs = new ArrayList<>();
    for (Path folder : tree.suites()) {
      try {
        if (Files.isRegularFile(PairedComparison.file(folder))) {
          pairs.addAll(PagePairs.of(tree.name(folder), PairedComparison.read(folder)));
        }
      } catch (InputException e) {
        damages.add(Damage.of(tree.name(folder), tree.root(), e));
      }
    }
    return pairs;
  }

  private String summary(List<PageRun> runs, List<SuiteCells> suites) {
    long finished = runs.stream().filter(run -> run.state() == State.FINISHED).count();
    String damaged = damages.isEmpty() ? "" : ", " + damages.size() + " damaged or half-written";
    return "%s (%d finished), %s%s"
        .formatted(counted(runs.size(), "run"), finished, counted(suites.size(), "suite"), damaged);
  }

  private static String counted(int count, String one) {
    return "%,d %s%s".formatted(count, one, count == 1 ? "" : "s");
  }

  /** The places are looked for in the template alone, whatever the texts put into them hold. */
  private static String filled(String template, Map<String, String> texts) {
    return Pattern.compile("\\{\\{([a-z]+)}}")
        .matcher(template)
        .replaceAll(it -> Matcher.quoteReplacement(Objects.requireNonNull(texts.get(it.group(1)))));
  }

  private static String scripts() {
    Stream<String> libraries =
        LIBRARIES.stream().map(name -> library(text(resource(JARS + name)), name));
    Stream<String> own = SCRIPTS.stream().map(name -> text(resource(name)));
    return Stream.concat(libraries, own).collect(Collectors.joining("\n"));
  }

  /** A licence becomes a comment; a script loses the address of its source map. */
  private static String library(String text, String name) {
    return name.endsWith(".md")
        ? "/*! " + name + "\n" + text.replace("*/", "* /") + "*/"
        : text.replaceAll("(?m)^//# sourceMappingURL=.*$", "").replace("</script", "<\\/script");
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(ReportPage.class.getResourceAsStream(name), name);
  }

  private static String text(InputStream resource) {
    try (resource) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

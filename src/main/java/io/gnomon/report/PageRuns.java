package io.gnomon.report;

import io.gnomon.bench.CellFolder;
import io.gnomon.bench.CellRecord;
import io.gnomon.bench.Estimate;
import io.gnomon.checkpoint.Json;
import io.gnomon.config.FlatSettings;
import io.gnomon.config.InputException;
import io.gnomon.experiment.RunFolder;
import io.gnomon.report.PageRun.State;
import io.gnomon.trace.Measure;
import io.gnomon.trace.TraceFile;
import io.gnomon.trace.TraceRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Reads run folders, each by itself: one that is damaged takes none with it. */
final class PageRuns {
  /** The names that runs and cells have for the same figures. */
  private static final Map<String, String> ALIAS =
      Map.of(
          "student_accuracy", "accuracy",
          "accuracy_text", "accuracy",
          "alpha_noise", "alpha",
          "alpha_noise_floor", "alpha_floor",
          "agreement", "agreement_text",
          "agreement_floor", "agreement_text_floor");

  private final ResultTree tree;
  private final List<Damage> damages;

  PageRuns(ResultTree tree, List<Damage> damages) {
    this.tree = tree;
    this.damages = damages;
  }

  /** All runs that can be read; of the others the cause goes to the damages. */
  List<PageRun> read() {
    return tree.runs().stream().map(this::read).flatMap(Optional::stream).toList();
  }

  private Optional<PageRun> read(Path folder) {
    String name = tree.name(folder);
    try {
      return Optional.of(run(folder, name));
    } catch (InputException e) {
      damages.add(Damage.of(name, tree.root(), e));
      return Optional.empty();
    }
  }

  private PageRun run(Path folder, String whole) {
    RunFolder files = new RunFolder(folder);
    Optional<CellRecord> record = new CellFolder(folder).read();
    List<TraceRow> rows =
        Files.isRegularFile(files.trace()) ? new TraceFile(files.trace()).read() : List.of();
    Map<String, String> settings = settings(files, record);
    Map<String, Estimate> figures = figures(files, record, rows);
    boolean cell = tree.suiteOf(folder).findAny().isPresent();
    boolean begun = cell && rows.isEmpty() && !Files.exists(files.metrics());
    if (record.isEmpty() && !begun) {
      requireWhole(files, rows);
    }
    String name = whole.replaceFirst("(^|/)cells/", "$1");
    String parent = parent(name);
    return new PageRun(
        name,
        name.replaceFirst("/.*", ""),
        cell ? parent(parent) : parent,
        kind(cell, parent, settings),
        new Run(folder, settings, rows),
        figures,
        facts(files, record),
        state(files, record, cell),
        remark(files, record, settings, rows, cell));
  }

  private static String parent(String name) {
    int slash = name.lastIndexOf('/');
    return slash < 0 ? name : name.substring(0, slash);
  }

  private static String kind(boolean cell, String parent, Map<String, String> settings) {
    if (cell) {
      return parent.substring(parent.lastIndexOf('/') + 1);
    }
    String text = settings.get("text.kind");
    return text == null ? settings.getOrDefault("sampler.kind", "") : text + " text";
  }

  /** A cell that failed before its configuration was written has its cause alone. */
  private static Map<String, String> settings(RunFolder files, Optional<CellRecord> record) {
    boolean failed = record.isPresent() && record.get().failed();
    return failed && !Files.exists(files.config()) ? Map.of() : FlatSettings.read(files.config());
  }

  private static void requireWhole(RunFolder files, List<TraceRow> rows) {
    if (rows.isEmpty()) {
      throw new InputException(
          files.trace()
              + ": expected a row for each trace step, found none; let the run go on, or start it again");
    }
    long last = rows.get(rows.size() - 1).step();
    if (Files.isRegularFile(files.metrics())) {
      long steps = Json.read(files.metrics()).path("steps").asLong(last);
      if (steps != last) {
        throw new InputException(
            "%s: expected rows up to step %d of metrics.json, found none behind %d; restore the file"
                .formatted(files.trace(), steps, last));
      }
    }
  }

  private static Map<String, Estimate> figures(
      RunFolder files, Optional<CellRecord> record, List<TraceRow> rows) {
    Map<String, Estimate> figures = new TreeMap<>();
    if (!rows.isEmpty()) {
      TraceRow last = rows.get(rows.size() - 1);
      for (Measure measure : Measure.values()) {
        last.get(measure)
            .ifPresent(it -> put(figures, measure.key(), new Estimate(it, null, null)));
      }
    }
    if (Files.isRegularFile(files.metrics())) {
      metrics(Json.read(files.metrics()), figures);
    }
    record.ifPresent(it -> it.figures().forEach((key, value) -> put(figures, key, value)));
    return figures;
  }

  private static void put(Map<String, Estimate> figures, String key, Estimate value) {
    figures.put(ALIAS.getOrDefault(key, key), value);
  }

  private static void metrics(JsonNode metrics, Map<String, Estimate> figures) {
    for (Map.Entry<String, JsonNode> entry : metrics.properties()) {
      JsonNode node = entry.getValue();
      if (node.isNumber()) {
        put(figures, entry.getKey(), new Estimate(node.asDouble(), null, null));
      } else if (node.path("value").isNumber() && node.path("low").isNumber()) {
        double high = node.path("high").asDouble();
        put(
            figures,
            entry.getKey(),
            new Estimate(node.path("value").asDouble(), node.path("low").asDouble(), high));
      }
    }
  }

  private static Map<String, String> facts(RunFolder files, Optional<CellRecord> record) {
    Map<String, String> facts = new LinkedHashMap<>();
    if (Files.isRegularFile(files.provenance())) {
      flatten("", Json.read(files.provenance()), facts);
    }
    record.ifPresent(it -> flatten("", Json.MAPPER.valueToTree(it.machine()), facts));
    record.ifPresent(it -> facts.put("settings_sha256", it.fingerprint().settings()));
    return facts;
  }

  private static void flatten(String prefix, JsonNode node, Map<String, String> facts) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      JsonNode value = entry.getValue();
      if (value.isObject()) {
        flatten(prefix + entry.getKey() + ".", value, facts);
      } else if (!value.isNull()) {
        facts.put(prefix + entry.getKey(), value.isString() ? value.asString() : value.toString());
      }
    }
  }

  private static State state(RunFolder files, Optional<CellRecord> record, boolean cell) {
    if (record.isPresent()) {
      return record.get().failed() ? State.FAILED : State.FINISHED;
    }
    return !cell && Files.isRegularFile(files.metrics()) ? State.FINISHED : State.UNFINISHED;
  }

  private static String remark(
      RunFolder files,
      Optional<CellRecord> record,
      Map<String, String> settings,
      List<TraceRow> rows,
      boolean cell) {
    if (state(files, record, cell) != State.UNFINISHED) {
      return record.map(CellRecord::cause).orElse("");
    }
    if (rows.isEmpty()) {
      return "begun"; // a cell that is run now, or will be again; many kinds never trace
    }
    long last = rows.get(rows.size() - 1).step();
    return "traced to step " + last + " of " + settings.getOrDefault("training.steps", "?");
  }
}

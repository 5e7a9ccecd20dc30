package io.gnomon.report;

import io.gnomon.bench.CellRecord;
import io.gnomon.bench.Figure;
import io.gnomon.checkpoint.Json;
import io.gnomon.evaluation.Interval;
import io.gnomon.report.ApproachRow.Kept;
import io.gnomon.report.ApproachRow.Summary;
import io.gnomon.report.SuiteCells.TaskRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code table.json}: the same numbers as the table's, unrounded, for notebooks and tests. */
final class SuiteJson {
  private SuiteJson() {}

  static String of(SuiteCells cells) {
    Map<String, Object> tasks = new LinkedHashMap<>();
    cells.tasks().forEach(task -> tasks.put(task.task().name(), task(task)));
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("suite", cells.suite().name());
    root.put("tasks", tasks);
    return Json.write(root);
  }

  private static Map<String, Object> task(TaskRows task) {
    Map<String, Object> rows = new LinkedHashMap<>();
    task.rows().forEach(row -> rows.put(row.name(), row(row)));
    return rows;
  }

  private static Map<String, Object> row(ApproachRow row) {
    Map<String, Object> figures = new LinkedHashMap<>();
    for (Figure figure : Figure.values()) {
      row.figure(figure).ifPresent(it -> figures.put(figure.key(), summary(it)));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("figures", figures);
    json.put("costs", row.costs());
    json.put("cells", row.cells().stream().map(SuiteJson::cell).toList());
    return json;
  }

  private static Map<String, Object> summary(Summary summary) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("value", summary.value());
    if (summary.low() != null && summary.high() != null) {
      json.put("low", summary.low());
      json.put("high", summary.high());
      json.put("interval", summary.overSeeds() ? "seeds" : "texts");
    }
    Interval texts = summary.texts();
    if (texts != null) {
      Map<String, Object> ends = new LinkedHashMap<>();
      ends.put("low", texts.low());
      ends.put("high", texts.high());
      json.put("texts", ends);
    }
    json.put("values", new ArrayList<>(summary.values()));
    return json;
  }

  private static Map<String, Object> cell(Kept cell) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("cell", cell.id());
    json.put("state", cell.state().name().toLowerCase(Locale.ROOT));
    CellRecord record = cell.record();
    if (record != null && record.cause() != null) {
      json.put("cause", record.cause());
    }
    return json;
  }

  static String lines(List<?> values) {
    return Json.write(values);
  }
}

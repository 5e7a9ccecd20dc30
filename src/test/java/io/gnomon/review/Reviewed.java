package io.gnomon.review;

import io.gnomon.config.TaskConfig;
import io.gnomon.data.TableRow;
import io.gnomon.data.TableRows;
import io.gnomon.inspect.Findings;
import io.gnomon.inspect.Inspection;
import io.gnomon.inspect.LabelNames;
import io.gnomon.inspect.LabelSet;
import io.gnomon.inspect.Settings;
import io.gnomon.review.ReviewServer.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small labelled set and another labelling of it, with a server on them. */
final class Reviewed {
  /** Of several labels a text; the third is what the two disagree about most. */
  static final List<String> LABELS =
      List.of(
          "{\"row\":4,\"text\":\"rain all day\",\"id\":\"x\",\"labels\":[\"weather\"],\"probabilities\":[0.9],\"by\":\"openai:m\"}",
          "{\"row\":5,\"text\":\"rates go up\",\"id\":\"y\",\"labels\":[\"money\"],\"probabilities\":[0.8],\"by\":\"openai:m\"}",
          "{\"row\":7,\"text\":\"a storm hits the markets\",\"id\":\"z\",\"labels\":[\"weather\"],\"probabilities\":[0.4],\"by\":\"openai:m\"}");

  static final List<String> OTHER =
      List.of(
          "{\"text\":\"rain all day\",\"labels\":[\"weather\"]}",
          "{\"text\":\"rates go up\",\"labels\":[\"money\",\"health\"]}",
          "{\"text\":\"a storm hits the markets\",\"labels\":[\"money\"]}");

  final Path gold;
  private final Path folder;

  Reviewed(Path folder) throws IOException {
    this.folder = folder;
    this.gold = folder.resolve("gold.jsonl");
    Files.write(folder.resolve("labels.jsonl"), LABELS);
    Files.write(folder.resolve("other.jsonl"), OTHER);
  }

  private List<TableRow> rows(String name) {
    return TableRows.read(
        folder.resolve(name).toString(), new TableRows.Choice(null, "text", null));
  }

  ReviewServer start(boolean several) {
    List<TableRow> rows = rows("labels.jsonl");
    List<TableRow> others = several ? rows("other.jsonl") : rows;
    LabelNames names = LabelNames.of(null, List.of(rows, others));
    LabelSet set = new LabelSet("labels.jsonl", names, rows, several);
    LabelSet other = new LabelSet("other.jsonl", names, others, several);
    Findings findings =
        new Inspection(set, null, several ? other : null)
            .findings(new Settings(0.8, 5, false, 0.6, 0));
    return ReviewServer.start(set, findings, new Target(gold, "text", null), 0);
  }

  /** A set of a task's labels, which its rows may spell otherwise. */
  ReviewServer start(TaskConfig task, String... lines) throws IOException {
    Files.write(folder.resolve("task.jsonl"), List.of(lines));
    List<TableRow> rows = rows("task.jsonl");
    LabelNames names = LabelNames.of(task, List.of(rows));
    LabelSet set = new LabelSet("task.jsonl", names, rows, task.multiLabel());
    Findings findings =
        new Inspection(set, null, null).findings(new Settings(0.8, 5, false, 0.6, 0));
    return ReviewServer.start(set, findings, new Target(gold, "text", null), 0);
  }

  List<String> gold() throws IOException {
    return Files.readAllLines(gold);
  }
}

package io.gnomon.cli;

import io.gnomon.config.ConfigLoader;
import io.gnomon.config.DataConfig;
import io.gnomon.config.DataConfig.Split;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.data.LabelledSets;
import io.gnomon.data.TableRow;
import io.gnomon.data.TableRows;
import io.gnomon.inspect.Inspection;
import io.gnomon.inspect.LabelNames;
import io.gnomon.inspect.LabelSet;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code gnomon inspect} that say what is looked at. */
final class InspectSets {
  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = {
        "The closed list of labels: a file, or a name such as tasks/imdb. Without LABELS its own set",
        "is looked at, the training part beside the test part where it has both."
      })
  private @Nullable String task;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description = {
        "The test set that LABELS should represent: a labelled table, or train, dev or test for a",
        "part of the task's set."
      })
  private @Nullable String test;

  @Option(
      names = "--against",
      paramLabel = "OTHER",
      description = "The same texts by another labeller, whose agreement is measured.")
  private @Nullable String against;

  @Option(
      names = "--from",
      paramLabel = "FORMAT",
      description = "csv, tsv, jsonl or parquet; a file's ending tells unless given.")
  private DataConfig.Table.@Nullable Format from;

  @Option(
      names = "--text",
      paramLabel = "COLUMN",
      defaultValue = "text",
      description = "Column of the text; ${DEFAULT-VALUE} unless given.")
  private String text = "text";

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "Column of the labels; labels, or else label, unless given.")
  private @Nullable String label;

  /** Rows and their name. */
  private record Named(String name, List<TableRow> rows) {}

  String text() {
    return text;
  }

  @Nullable String label() {
    return label;
  }

  /** Reads all that is named. */
  Inspection read(@Nullable String labels) {
    TaskConfig config =
        task == null
            ? null
            : ConfigLoader.part(task, "--task " + task, TaskConfig.class, List.of()).config();
    Named set = labels == null ? own(config) : table(labels);
    Named beside = beside(labels, config);
    Named other = against == null ? null : table(against);
    LabelNames names =
        LabelNames.of(
            config,
            Stream.of(set, beside, other).filter(Objects::nonNull).map(Named::rows).toList());
    boolean several = config != null && config.multiLabel();
    return new Inspection(
        of(set, names, several),
        beside == null ? null : of(beside, names, several),
        other == null ? null : of(other, names, several));
  }

  private static LabelSet of(Named set, LabelNames names, boolean several) {
    return new LabelSet(set.name(), names, set.rows(), several);
  }

  private Named table(String file) {
    return new Named(
        file, TableRows.read(file, new TableRows.Choice(from, text, label, task != null)));
  }

  private static Named own(@Nullable TaskConfig config) {
    if (config == null) {
      throw new InputException(
          "LABELS: expected a labelled table, or --task and its set, found neither; name one");
    }
    DataConfig data = config.requireData();
    return set(data.part(Split.TRAIN).orElse(data));
  }

  private static Named set(DataConfig data) {
    LabelledSet set = LabelledSets.read(data);
    return new Named(set.name(), TableRows.of(set));
  }

  private @Nullable Named beside(@Nullable String labels, @Nullable TaskConfig config) {
    Optional<Split> part = part();
    if (test == null) {
      return labels == null && config != null && hasParts(config)
          ? set(part(config, Split.TEST))
          : null;
    }
    if (part.isEmpty()) {
      return table(test);
    }
    if (config == null) {
      throw new InputException(
          "--test %s: expected --task to say whose part that is, found none; name it, or give a file"
              .formatted(test));
    }
    return set(part(config, part.get()));
  }

  private static boolean hasParts(TaskConfig config) {
    return config.requireData().part(Split.TRAIN).isPresent();
  }

  private static DataConfig part(TaskConfig config, Split split) {
    DataConfig data = config.requireData();
    return data.part(split)
        .or(() -> data.split() == split ? Optional.of(data) : Optional.empty())
        .orElseThrow(
            () ->
                new InputException(
                    "--test: expected a part of the set of task %s, found that it has no %s part; give a file"
                        .formatted(config.name(), split.name().toLowerCase(Locale.ROOT))));
  }

  private Optional<Split> part() {
    return Arrays.stream(Split.values())
        .filter(split -> split.name().equalsIgnoreCase(test))
        .findFirst();
  }
}

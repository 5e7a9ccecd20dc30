package io.gnomon.cli;

import io.gnomon.config.InputException;
import io.gnomon.serve.bulk.Columns;
import io.gnomon.serve.bulk.RowFormat;
import io.gnomon.spark.Sessions;
import io.gnomon.spark.tag.DatasetRequest;
import io.gnomon.spark.tag.DatasetTagging;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tag} on Spark: labels for a dataset. */
@Command(
    name = "tag",
    defaultValueProvider = SparkTagCommand.OneThread.class,
    description = "Give the texts of a Parquet or JSONL dataset an exported student's labels.",
    footer = {
      "",
      "The rows are those of 'gnomon tag' on the same files: same columns, same values, and in order"
          + " from one part of OUT to the next. MODEL is sent to the executors; files and folders"
          + " are any that Spark can reach, such as hdfs: or s3a: ones.",
      "",
      "Example: … tag quickstart-onnx hdfs:/posts/2026 --from parquet --keep id --out hdfs:/tags"
          + " --to parquet"
    })
final class SparkTagCommand implements Callable<Integer> {
  /** A task has one core of its executor unless Spark is told otherwise. */
  static final class OneThread implements IDefaultValueProvider {
    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
      return argument.isOption() && "--threads".equals(longest(argument)) ? "1" : null;
    }

    private static String longest(ArgSpec option) {
      return ((picocli.CommandLine.Model.OptionSpec) option).longestName();
    }
  }

  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "The folder that 'gnomon export RUN --to onnx' made, where the driver runs.")
  private Path model = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files, patterns as 'in/*.jsonl', or folders of files.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "FORMAT",
      description = "jsonl or parquet; a file's ending tells unless given.")
  private @Nullable RowFormat from;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      description = "jsonl or parquet; as OUT ends unless given.")
  private @Nullable RowFormat to;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "OUT",
      required = true,
      description = "The folder to write, in parts whose names tell their order.")
  private String out = "";

  @Option(
      names = "--text",
      paramLabel = "COLUMN",
      defaultValue = "text",
      description = "Column of the text; ${DEFAULT-VALUE} unless given.")
  private String text = "text";

  @Option(
      names = "--keep",
      paramLabel = "COLUMN,…",
      split = ",",
      description = "Columns to carry along, '' for none; the text's unless given.")
  private @Nullable List<String> keep;

  @Mixin private final TagChoices choices = new TagChoices();

  @Option(
      names = "--rejected",
      paramLabel = "FOLDER",
      description = "Where rows that cannot be read are told; OUT.rejected.jsonl unless given.")
  private @Nullable String rejected;

  @Option(names = "--strict", description = "Fail, before any is tagged, on a row that cannot be.")
  private boolean strict;

  @Option(
      names = "--longest",
      paramLabel = "BYTES",
      defaultValue = "1000000",
      description = "Longest row that is read; ${DEFAULT-VALUE} unless given.")
  private int longest;

  @Option(
      names = "--split",
      paramLabel = "BYTES",
      defaultValue = "" + DatasetRequest.SPLIT,
      description = "Bytes of a file for one task; ${DEFAULT-VALUE} unless given.")
  private long split;

  SparkTagCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    DatasetRequest request = request();
    try (SparkSession spark = Sessions.open("gnomon tag")) {
      DatasetTagging.Outcome outcome = new DatasetTagging(spark, request).run();
      String side =
          outcome.rejected() == 0
              ? ""
              : "; rejected " + outcome.rejected() + ", see " + outcome.sideFolder();
      console.err().println("gnomon: tagged " + outcome.tagged() + " rows" + side);
    }
    return ExitCode.OK;
  }

  private DatasetRequest request() {
    List<String> kept =
        keep == null ? List.of(text) : keep.stream().filter(name -> !name.isEmpty()).toList();
    return new DatasetRequest(
        model,
        choices.options(),
        files,
        from,
        new Columns(text, kept, longest),
        out,
        format(),
        rejected,
        strict,
        split);
  }

  private RowFormat format() {
    if (to != null) {
      return to;
    }
    return RowFormat.ofName(out)
        .orElseThrow(
            () ->
                new InputException(
                    out
                        + ": expected a name that ends in .jsonl or .parquet, found another; give"
                        + " --to jsonl or parquet"));
  }
}

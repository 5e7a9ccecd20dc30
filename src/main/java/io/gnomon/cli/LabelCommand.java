package io.gnomon.cli;

import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.label.AnswerStore;
import io.gnomon.label.LabelList;
import io.gnomon.label.Source;
import io.gnomon.serve.bulk.BulkInput;
import io.gnomon.serve.bulk.BulkJob;
import io.gnomon.serve.bulk.Columns;
import io.gnomon.serve.bulk.RowFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gnomon label}: labels for raw posts, from a model that need not be ours. */
@Command(
    name = "label",
    description = "Ask a local or remote language model for the labels of posts.",
    footer = {
      "",
      "OUT has a row a post, in their order, and is read as a set by data: {kind: table, path: OUT,"
          + " label: labels}. Posts without labels are told in OUT.rejected.jsonl. Every answer is"
          + " kept in OUT.answers.jsonl: no post that has labels there is asked about again, under"
          + " --resume after a kill, or by the same command on more posts.",
      "",
      "Example: gnomon label posts.jsonl --with ollama:llama3.2 --task tasks/interests-20 --least 2"
          + " --most 5 -o labels.jsonl"
    })
final class LabelCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      arity = "1..*",
      paramLabel = "POSTS",
      description = "Files, patterns as 'in/*.csv', or - for standard input.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--with",
      paramLabel = "SOURCE",
      required = true,
      description = {
        "ollama:MODEL, openai:MODEL@URL for whatever speaks as OpenAI does, or teacher:PATH;",
        "@URL may be left out for the usual address of either."
      })
  private String with = "";

  @Mixin private final LabelChoices choices = new LabelChoices();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "OUT",
      required = true,
      description = "The labels file to write; its ending tells JSONL, CSV, TSV or Parquet.")
  private Path out = Path.of("");

  @Option(
      names = "--from",
      paramLabel = "FORMAT",
      description = "text, csv, tsv, jsonl or parquet; a file's ending tells unless given.")
  private @Nullable RowFormat from;

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
      description = "Further columns to carry along.")
  private List<String> keep = new ArrayList<>();

  @Option(names = "--resume", description = "Go on with a job that was killed.")
  private boolean resume;

  @Mixin private final ServerOptions server = new ServerOptions();

  @Option(
      names = "--device",
      paramLabel = "D",
      defaultValue = "auto",
      description = "Of a teacher: auto, cpu or cuda:N; ${DEFAULT-VALUE} unless given.")
  private String device = "auto";

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "Of a teacher; 0, all cores, unless given.")
  private int threads;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write what it took there: time, tokens, cost, what went wrong.")
  private @Nullable Path json;

  LabelCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Source source = Source.of(with);
    TaskConfig task = choices.task();
    LabelList list = choices.list(task);
    List<BulkInput> inputs = BulkInput.of(files, from);
    RowFormat format = format();
    Columns columns = new Columns(text, kept(), Columns.MOST);
    long posts = BulkJob.count(inputs, columns);
    try (Interruption interruption = Interruption.install();
        LabelProgress progress =
            new LabelProgress(console, interruption, posts, "the same command with --resume")) {
      LabelJob job =
          new LabelJob(
              console, inputs, columns, out, format, list, progress, server.prices(), json);
      LabelSource asked =
          new LabelSource(source, task, list, choices, server, progress, device, threads);
      return asked.open(
          AnswerStore.beside(out),
          resume,
          (words, store, asker, tally) ->
              job.run(job.request(words, resume), source.name(), store, asker, tally));
    }
  }

  private List<String> kept() {
    return Stream.concat(Stream.of(text), keep.stream()).distinct().toList();
  }

  private RowFormat format() {
    RowFormat found = RowFormat.ofName(out.toString()).orElse(RowFormat.TEXT);
    if (found == RowFormat.TEXT) {
      throw new InputException(
          out
              + ": expected a name that ends in .jsonl, .csv, .tsv or .parquet, found another;"
              + " rename it, as labels.jsonl");
    }
    return found;
  }
}

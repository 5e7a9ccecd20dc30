package io.gnomon.cli;

import io.gnomon.config.InputException;
import io.gnomon.serve.LabelFile;
import io.gnomon.serve.Tagger;
import io.gnomon.serve.bulk.BulkInput;
import io.gnomon.serve.bulk.BulkJob;
import io.gnomon.serve.bulk.BulkRequest;
import io.gnomon.serve.bulk.Columns;
import io.gnomon.serve.bulk.Done;
import io.gnomon.serve.bulk.Fingerprint;
import io.gnomon.serve.bulk.Labeller;
import io.gnomon.serve.bulk.RowFormat;
import io.gnomon.serve.bulk.Stretch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gnomon tag}: labels for many texts. */
@Command(
    name = "tag",
    description = "Give the texts of files, or of standard input, an exported student's labels.",
    footer = {
      "",
      "Rows stay in order, and 'row' is a row's number in its file: one that cannot be read is left"
          + " out and told in the side file. CSV joins several labels by '|'; Parquet holds kept"
          + " columns as text. A killed job goes on with --resume and ends with the same bytes.",
      "",
      "Example: gnomon tag results/quickstart/seed-1/export/onnx-fp32 'in/*.jsonl' --keep id -o"
          + " tags.parquet",
      "         echo \"What a day!\" | gnomon tag results/quickstart/seed-1/export/onnx-fp32"
    })
final class TagCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "The folder that 'gnomon export RUN --to onnx' made.")
  private Path model = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "FILE",
      description = "Files, patterns as 'in/*.csv', or - for standard input, as without any.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "FORMAT",
      description = "text, csv, tsv, jsonl or parquet; a file's ending tells unless given.")
  private @Nullable RowFormat from;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      description = "jsonl, csv, tsv or parquet; as --out ends, or jsonl, unless given.")
  private @Nullable RowFormat to;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "OUT",
      description = "The file to write; standard output unless given.")
  private @Nullable Path out;

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
      paramLabel = "FILE",
      description = "Where rows that cannot be read are told; OUT.rejected.jsonl unless given.")
  private @Nullable Path rejected;

  @Option(names = "--strict", description = "Fail on the first row that cannot be read.")
  private boolean strict;

  @Option(
      names = "--longest",
      paramLabel = "BYTES",
      defaultValue = "1000000",
      description = "Longest row that is read; ${DEFAULT-VALUE} unless given.")
  private int longest;

  @Option(names = "--resume", description = "Go on with a job that was killed.")
  private boolean resume;

  @Mixin private final FallbackOptions fallback = new FallbackOptions();

  TagCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    fallback.check();
    List<BulkInput> inputs = BulkInput.of(files, from);
    BulkRequest request = request(inputs);
    try (Tagger tagger = Tagger.load(model, choices.options());
        // A pipe ends at once when interrupted: it may never get another row, and cannot go on.
        Interruption interruption = request.resumable() ? Interruption.install() : null;
        TagProgress progress =
            new TagProgress(console, interruption, out == null && rejected == null)) {
      try {
        return answered(tagger, request, progress);
      } catch (RuntimeException e) {
        if (interruption == null || !interruption.requested()) {
          throw e;
        }
        // The process ends as soon as the interruption is closed: a later report might not be read.
        progress.close();
        return new ExceptionReporter(console).report(e, false);
      }
    }
  }

  private int answered(Tagger tagger, BulkRequest request, TagProgress progress) {
    if (!fallback.given()) {
      return run(Labeller.of(tagger), request, progress);
    }
    try (FallbackLabeller both = fallback.open(tagger, choices.threads())) {
      return run(both, request, progress);
    }
  }

  private int run(Labeller labeller, BulkRequest request, TagProgress progress) {
    BulkJob.Outcome outcome =
        new BulkJob(request, labeller, System.in, console.out(), progress).run();
    progress.close();
    if (!outcome.finished()) {
      String goesOn = out == null ? "" : "; the same command with --resume goes on from there";
      console.err().println("gnomon: tagged " + outcome.done().tagged() + " rows" + goesOn);
      return ExitCode.INTERRUPTED;
    }
    Done done = outcome.done();
    String first = progress.firstRejected();
    if (done.tagged() == 0 && first != null) {
      throw new InputException(first + "; no row could be read, mend --text, --from or the input");
    }
    tell(done);
    return ExitCode.OK;
  }

  private void tell(Done done) {
    StringBuilder line = new StringBuilder("gnomon: tagged " + done.tagged() + " rows");
    if (fallback.given()) {
      line.append(", of ").append(done.asked()).append(" the teacher was asked");
    }
    if (done.rejected() > 0) {
      line.append("; rejected ").append(done.rejected()).append(side());
    }
    console.err().println(line);
  }

  private String side() {
    if (rejected != null) {
      return ", see " + rejected;
    }
    return out == null ? "" : ", see " + out + ".rejected.jsonl";
  }

  private BulkRequest request(List<BulkInput> inputs) {
    List<String> kept =
        keep == null ? List.of(text) : keep.stream().filter(name -> !name.isEmpty()).toList();
    return new BulkRequest(
        inputs,
        new Columns(text, kept, longest),
        out,
        format(),
        rejected,
        resume,
        strict,
        Stretch.BLOCK,
        settings());
  }

  private RowFormat format() {
    if (to != null) {
      return to;
    }
    if (out == null) {
      return RowFormat.JSONL;
    }
    return RowFormat.ofName(out.toString())
        .orElseThrow(
            () ->
                new InputException(
                    out
                        + ": expected a name that ends in .jsonl, .csv, .tsv or .parquet, found"
                        + " another; give --to jsonl, csv, tsv or parquet"));
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>(choices.settings());
    settings.putAll(fallback.settings());
    for (String name : List.of("model.onnx", LabelFile.NAME, "tokenizer.json")) {
      Path file = model.resolve(name);
      if (Files.exists(file)) {
        settings.put(name, Fingerprint.of(file));
      }
    }
    return settings;
  }
}

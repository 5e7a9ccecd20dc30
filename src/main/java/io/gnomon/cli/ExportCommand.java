package io.gnomon.cli;

import io.gnomon.config.InputException;
import io.gnomon.export.Export;
import io.gnomon.export.ExportOutcome;
import io.gnomon.export.ExportPrecision;
import io.gnomon.export.ExportRequest;
import io.gnomon.export.GateReport;
import io.gnomon.export.VocabularyChoice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gnomon export}: a run's student as a folder that stands alone. */
@Command(
    name = "export",
    description =
        "Write a run's student as ONNX or TorchScript, checked against the student itself.",
    footer = {
      "",
      "The folder holds the model, tokenizer.json, labels.json and a model card. An export that does"
          + " not answer as the student does fails and leaves nothing behind.",
      "",
      "Example: gnomon export results/quickstart/seed-1 --to onnx --precision int8"
    })
final class ExportCommand implements Callable<Integer> {
  private static final double MEGA = 1e6;

  private final Console console;

  @Parameters(paramLabel = "RUN", description = "A finished run's folder, or a cell's of a suite.")
  private Path run = Path.of("");

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      defaultValue = "onnx",
      description = "onnx, for ONNX Runtime and gnomon, or torchscript, for DJL and libtorch.")
  private ExportRequest.Target target = ExportRequest.Target.ONNX;

  @Option(
      names = "--precision",
      paramLabel = "P",
      defaultValue = "fp32",
      description = "Of the matrices: fp32, fp16 or int8; torchscript has fp32 alone.")
  private ExportPrecision precision = ExportPrecision.FP32;

  @Option(
      names = "--vocabulary",
      paramLabel = "N|FILE",
      description = {
        "Keep fewer tokens: N, the first by merge rank, or those of a text FILE; of a FILE named"
            + " *.ids, the ids in it.",
        "Letters and bytes are always kept; a token that is cut falls apart into its parts."
      })
  private @Nullable String vocabulary;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description = "The folder to write; RUN/export/FORMAT-P unless given.")
  private @Nullable Path out;

  @Option(
      names = "--max-length",
      paramLabel = "N",
      description = "Tokens read of a text; as many as the run read of its traced texts, or 256.")
  private @Nullable Integer maxLength;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "500",
      description = "Labelled texts of the check; ${DEFAULT-VALUE} unless given, 0 takes all.")
  private int limit;

  ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ExportOutcome outcome = Export.run(request(), line -> console.err().println("gnomon: " + line));
    lines(outcome).forEach(console.out()::println);
    return ExitCode.OK;
  }

  private ExportRequest request() {
    atLeast("--limit", limit, 0, "0 for all texts");
    atLeast("--max-length", maxLength == null ? 1 : maxLength, 1, "256");
    if (target == ExportRequest.Target.TORCHSCRIPT && precision != ExportPrecision.FP32) {
      throw new InputException(
          "--precision: expected fp32 beside --to torchscript, found "
              + precision.key()
              + "; leave it out, or take --to onnx");
    }
    return new ExportRequest(
        run,
        target,
        precision,
        vocabulary == null ? new VocabularyChoice.Whole() : VocabularyChoice.parse(vocabulary),
        Optional.ofNullable(out),
        maxLength == null ? OptionalInt.empty() : OptionalInt.of(maxLength),
        limit);
  }

  private static void atLeast(String option, int given, int least, String remedy) {
    if (given < least) {
      throw new InputException(
          "%s: expected %d or more, found %d; give %s".formatted(option, least, given, remedy));
    }
  }

  private static List<String> lines(ExportOutcome outcome) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: model %.1f MB, all %.1f MB",
            outcome.folder(),
            outcome.modelBytes() / MEGA,
            outcome.bytes() / MEGA));
    GateReport report = outcome.report();
    for (GateReport.Part part : report.parts()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-28s %5d texts, probabilities within %.1e, same labels on %.2f%%",
              part.name(),
              part.texts(),
              part.difference(),
              100 * part.agreement()));
    }
    report.accuracy().ifPresent(accuracy -> lines.add(accuracy("accuracy", accuracy)));
    report.cut().ifPresent(cut -> lines.addAll(cut(cut)));
    if (!report.missing().isEmpty()) {
      lines.add("no labelled texts: " + report.missing());
    }
    return lines;
  }

  private static String accuracy(String name, GateReport.Accuracy accuracy) {
    return String.format(
        Locale.ROOT,
        "%-28s %.2f%%, before %.2f%%",
        name,
        100 * accuracy.exported(),
        100 * accuracy.student());
  }

  private static List<String> cut(GateReport.Cut cut) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%-28s %5d texts, %.1f%% tokenized as before, same labels on %.2f%%",
            "cut beside whole vocabulary",
            cut.texts(),
            100 * cut.sameTokens(),
            100 * cut.agreement()));
    cut.accuracy().ifPresent(a -> lines.add(accuracy("accuracy on the cut one", a)));
    return lines;
  }
}

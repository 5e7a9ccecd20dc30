package io.gnomon.cli;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.FileProblem;
import io.gnomon.checkpoint.Json;
import io.gnomon.config.Embedded;
import io.gnomon.config.InputException;
import io.gnomon.inspect.Findings;
import io.gnomon.inspect.Inspection;
import io.gnomon.inspect.Settings;
import io.gnomon.report.SharesPlot;
import io.gnomon.review.ReviewServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gnomon inspect}: a labelled set looked at, and mended by a person. */
@Command(
    name = "inspect",
    description = "Check a labelled set, and accept or mend its labels on a local page.",
    footer = {
      "",
      "Shares are compared by Newcombe's interval of the difference and by chi-square, or Fisher's"
          + " exact test where counts are few, with Holm's correction. Near-duplicates are all pairs"
          + " whose sets of shingles have that Jaccard similarity. Agreement is Cohen's kappa and"
          + " Krippendorff's alpha with bootstrap intervals; where a text may have several labels,"
          + " those of each label, the mean kappa, and alpha under the MASI distance.",
      "",
      "--review writes each decision to the gold file before it answers, and goes on where it was.",
      "",
      "Example: gnomon inspect labels.jsonl --test test.jsonl --against other.jsonl --out checks"
    })
final class InspectCommand implements Callable<Integer> {
  private static final String GOLD = ".gold.jsonl";

  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "LABELS",
      description = "A file that 'gnomon label' wrote, or any table of texts and labels.")
  private @Nullable String labels;

  @Mixin private final InspectSets sets = new InspectSets();

  @Option(names = "--within", description = "Look for near-duplicates inside LABELS as well.")
  private boolean within;

  @Option(
      names = "--similarity",
      paramLabel = "S",
      defaultValue = "0.8",
      description = "Jaccard similarity that near-duplicates have; ${DEFAULT-VALUE} unless given.")
  private double similarity;

  @Option(
      names = "--shingle",
      paramLabel = "N",
      defaultValue = "5",
      description = "Characters of a shingle; ${DEFAULT-VALUE} unless given.")
  private int shingle;

  @Option(
      names = "--below",
      paramLabel = "P",
      defaultValue = "0.6",
      description =
          "A probability lower than this is low confidence; ${DEFAULT-VALUE} unless given.")
  private double below;

  @Option(
      names = "--rare",
      paramLabel = "N",
      defaultValue = "5",
      description = "A label of fewer rows is rare; ${DEFAULT-VALUE} unless given.")
  private int rare;

  @Option(
      names = "--show",
      paramLabel = "N",
      defaultValue = "10",
      description = "Lines of each list on the console; ${DEFAULT-VALUE} unless given, 0 for all.")
  private int show;

  @Option(names = "--json", paramLabel = "FILE", description = "Write all that was found there.")
  private @Nullable Path json;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description = "Draw the shares of labels there, shares.png and shares.svg; takes --test.")
  private @Nullable Path out;

  @Option(names = "--review", description = "Open a page on this machine to accept or mend labels.")
  private boolean review;

  @Option(
      names = "--gold",
      paramLabel = "FILE",
      description = "What is decided on the page; LABELS with .gold.jsonl unless given.")
  private @Nullable Path gold;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port of the page; 8090 unless given, 0 takes any that is free.")
  private @Nullable Integer port;

  InspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = new Settings(similarity, shingle, within, below, rare);
    check();
    Path target = review ? target() : Path.of("");
    Inspection inspection = sets.read(labels);
    if (out != null && inspection.test() == null) {
      throw new InputException(
          "--out: expected --test, whose shares are drawn, found none; give it, or leave --out out");
    }
    Findings findings = inspection.findings(settings);
    write(findings);
    if (review) {
      return review(inspection, findings, target);
    }
    InspectText.lines(findings, show == 0 ? Integer.MAX_VALUE : show)
        .forEach(console.out()::println);
    return ExitCode.OK;
  }

  private void check() {
    if (show < 0) {
      throw new InputException("--show: expected 0 or more, found " + show + "; give 10");
    }
    if (!review && (gold != null || port != null)) {
      throw new InputException(
          "%s: expected --review beside it, found none; give it, or leave %s out"
              .formatted(gold == null ? "--port" : "--gold", gold == null ? "--port" : "--gold"));
    }
    if (port != null && (port < 0 || port > 65535)) {
      throw new InputException(
          "--port: expected 0 to 65535, found " + port + "; give 0 for any that is free");
    }
  }

  private Path target() {
    Path found = gold;
    if (found == null) {
      if (labels == null || Embedded.name(labels) != null) {
        throw new InputException(
            "--gold: expected a file to write decisions to, found none; name it, as gold.jsonl");
      }
      found = Path.of(labels.replaceFirst("\\.[A-Za-z]+$", "") + GOLD);
    }
    if (!found.toString().endsWith(".jsonl")) {
      throw new InputException(
          "--gold: expected a name that ends in .jsonl, found %s; rename it".formatted(found));
    }
    if (labels != null && Embedded.name(labels) == null && same(found, Path.of(labels))) {
      throw new InputException(
          "--gold: expected another file than LABELS, found %s; give another".formatted(found));
    }
    return found;
  }

  /** Whether both are one file, by whatever way: it would be taken for decisions, and rewritten. */
  private static boolean same(Path gold, Path labels) {
    try {
      return Files.exists(gold) && Files.exists(labels) && Files.isSameFile(gold, labels);
    } catch (IOException e) {
      throw FileProblem.reading(gold, e);
    }
  }

  private void write(Findings findings) {
    if (json != null) {
      AtomicFiles.writeString(json, Json.write(findings));
    }
    if (out != null && findings.shares() != null) {
      Path picture = out.resolve("shares");
      SharesPlot.write(findings.shares(), picture);
      console.err().println("gnomon: drew " + picture + ".png and .svg");
    }
  }

  private int review(Inspection inspection, Findings findings, Path target)
      throws InterruptedException {
    StopSignal stop = StopSignal.install();
    String text = labels == null ? "text" : sets.text();
    ReviewServer.Target written =
        new ReviewServer.Target(target, text, labels == null ? null : sets.label());
    int at = port == null ? 8090 : port;
    try (ReviewServer server = ReviewServer.start(inspection.set(), findings, written, at)) {
      say(
          "%d rows, %d with a reason to look, %d decided; decisions go to %s"
              .formatted(
                  findings.set().rows(), findings.attention().size(), server.decided(), target));
      say("open this in a browser on this machine; Ctrl-C ends it");
      console.out().println(server.address());
      console.flush();
      stop.await();
      say("%d of %d rows decided".formatted(server.decided(), findings.set().rows()));
    }
    return ExitCode.OK;
  }

  private void say(String line) {
    console.err().println("gnomon: " + line);
  }
}

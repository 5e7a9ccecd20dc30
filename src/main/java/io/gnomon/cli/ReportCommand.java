package io.gnomon.cli;

import io.gnomon.report.ReportPage;
import io.gnomon.report.ReportPage.Outcome;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gnomon report}: everything below a folder of results on one page. */
@Command(
    name = "report",
    description = "Make one page of all runs and suites below a folder, to read without a network.",
    footer = {
      "",
      "A folder that is damaged or half-written is named with its cause, on the page and here; the",
      "page is made all the same, and the exit status is 1.",
      "",
      "Example: gnomon report results --out report.html"
    })
final class ReportCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      defaultValue = "results",
      description = "Where the results lie; ${DEFAULT-VALUE} unless given.")
  private Path folder = Path.of("results");

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "The page; report.html in DIR unless given.")
  private @Nullable Path out;

  ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Path page = out == null ? folder.resolve("report.html") : out;
    Outcome outcome = ReportPage.write(folder, page);
    outcome.damages().forEach(damage -> console.err().println("gnomon: " + damage));
    console.out().println(page + ": " + outcome.said());
    return outcome.damages().isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
  }
}

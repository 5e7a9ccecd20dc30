package io.gnomon.cli;

import io.gnomon.report.AnglePlot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gnomon plot}: curves of one or several runs. */
@Command(
    name = "plot",
    description = "Draw α with its floor, ‖h‖ and c against steps, several runs overlaid.",
    footer = "Example: gnomon plot results/quickstart/seed-1 results/quickstart/seed-2 -o both")
final class PlotCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "RUN",
      arity = "1..*",
      description = "Run folders; those that differ in the seed alone become a mean with its band.")
  private List<Path> runs = new ArrayList<>();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      defaultValue = "angle",
      description =
          "Where to, without ending; .png and .svg are written. ${DEFAULT-VALUE} if absent.")
  private Path out = Path.of("angle");

  PlotCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    AnglePlot.write(runs, out);
    console.out().println(out + ".png");
    console.out().println(out + ".svg");
    return ExitCode.OK;
  }
}

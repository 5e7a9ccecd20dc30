package io.gnomon.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The jobs on Spark: without a command it prints what they are. */
@Command(
    name = "gnomon-spark",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    description = "Runs Gnomon's bulk jobs on a Spark cluster.",
    footer = {
      "",
      "Example: spark-submit --class io.gnomon.cli.SparkMain --jars JARS target/spark/gnomon.jar tag"
          + " MODEL 'in/*.parquet' --out tags.parquet",
      "JARS are target/spark/lib-tag/*.jar for tag and target/spark/lib/*.jar for answer, joined by"
          + " commas.",
      "Exit status: 0 done, 1 failure, 2 bad input."
    })
final class SparkCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of a failure.")
  private boolean debug;

  @SuppressWarnings("NullAway.Init") // picocli sets the specification
  SparkCommand() {}

  boolean debug() {
    return debug;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}

package io.gnomon.cli;

import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;

/** The start of the jobs that run on Spark: what {@code spark-submit --class} names. */
public final class SparkMain {
  private SparkMain() {}

  public static void main(String[] args) {
    int status = run(Console.system(), args);
    if (status != ExitCode.OK) { // a driver within a cluster ends by itself
      System.exit(status);
    }
  }

  /**
   * Runs one command line.
   *
   * @return an {@link ExitCode}
   */
  public static int run(Console console, String... args) {
    SparkCommand root = new SparkCommand();
    ExceptionReporter reporter = new ExceptionReporter(console);
    CommandLine commandLine =
        new CommandLine(root)
            .addSubcommand(new SparkTagCommand(console))
            .addSubcommand(new SparkAnswerCommand(console))
            .addSubcommand(new HelpCommand());
    commandLine.setOut(console.out()).setErr(console.err());
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setUsageHelpWidth(100);
    commandLine.setUsageHelpLongOptionsMaxWidth(30);
    commandLine.setParameterExceptionHandler(new UsageErrors());
    commandLine.setExecutionExceptionHandler(
        (failure, command, parsed) -> reporter.report(failure, root.debug()));
    try {
      return commandLine.execute(args);
    } finally {
      console.flush();
    }
  }
}

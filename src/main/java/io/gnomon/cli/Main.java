package io.gnomon.cli;

import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;

/** The program's start: {@code gnomon COMMAND …}. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(run(Console.system(), args));
  }

  /**
   * Runs one command line.
   *
   * @return an {@link ExitCode}
   */
  public static int run(Console console, String... args) {
    // Read by DJL when its engine starts: without it, it asks a cloud's metadata service who we
    // are.
    System.setProperty("OPT_OUT_TRACKING", "true");
    GnomonCommand root = new GnomonCommand();
    ExceptionReporter reporter = new ExceptionReporter(console);
    CommandLine commandLine = commandLine(root, console);
    commandLine.setExecutionExceptionHandler(
        (failure, command, parsed) -> reporter.report(failure, root.debug()));
    try {
      return commandLine.execute(args);
    } catch (Throwable error) { // picocli passes errors on, such as a native library's
      return reporter.report(error, root.debug());
    } finally {
      console.flush();
    }
  }

  /** All commands; a new one is added here, and in {@link CommandGroup#ALL}. */
  static CommandLine commandLine(GnomonCommand root, Console console) {
    CommandLine commandLine =
        new CommandLine(root)
            .addSubcommand(new RunCommand(console))
            .addSubcommand(new PlotCommand(console))
            .addSubcommand(new ReportCommand(console))
            .addSubcommand(new EvaluateCommand(console))
            .addSubcommand(new CascadeCommand(console))
            .addSubcommand(new ExportCommand(console))
            .addSubcommand(new ServeCommand(console))
            .addSubcommand(new TagCommand(console))
            .addSubcommand(new LabelCommand(console))
            .addSubcommand(new InspectCommand(console))
            .addSubcommand(new BenchCommand(console))
            .addSubcommand(new ReproduceCommand(console))
            .addSubcommand(new NotebookCommand(console))
            .addSubcommand(new AskCommand(console))
            .addSubcommand(new TeachCommand(console))
            .addSubcommand(new ImportCommand(console))
            .addSubcommand(new MergeCommand(console))
            .addSubcommand(new AnswerCommand(console))
            .addSubcommand(new ValidateCommand(console))
            .addSubcommand(new DoctorCommand(console))
            .addSubcommand(new SpeedCommand(console))
            .addSubcommand(new LatencyCommand(console))
            .addSubcommand(new GrowCommand(console))
            .addSubcommand(new CompletionCommand(console))
            .addSubcommand(new HelpCommand());
    commandLine.setOut(console.out()).setErr(console.err());
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setUsageHelpWidth(100);
    commandLine.setUsageHelpLongOptionsMaxWidth(30);
    commandLine.setParameterExceptionHandler(new UsageErrors());
    CommandGroup.install(commandLine);
    return commandLine;
  }
}

package io.gnomon.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program itself: without a command it prints what the commands are. */
@Command(
    name = "gnomon",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Casts a large language model, held at one fixed prompt, onto a small classifier.",
    footer = {
      "",
      "Example: gnomon run configs/quickstart.yaml",
      "Exit status: 0 done, 1 failure, 2 bad input, 130 interrupted."
    })
final class GnomonCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of a failure.")
  private boolean debug;

  @SuppressWarnings("NullAway.Init") // picocli sets the specification
  GnomonCommand() {}

  boolean debug() {
    return debug;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}

package io.gnomon.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Writes {@code docs/reference/commands.md}: what each command's {@code --help} says. */
final class CommandReference {
  private static final String HEAD =
      """
      # Commands

      What `./gnomon COMMAND --help` says of each, generated from the code. The exit status is 0 when done, 1 on a failure, 2
      on bad input, 130 when interrupted.
      """;

  private CommandReference() {}

  /** The page's text. */
  static String write() {
    StringBuilder text = new StringBuilder(HEAD);
    CommandLine root = Main.commandLine(new GnomonCommand(), Console.system());
    Map<String, CommandLine> commands = root.getSubcommands();
    for (CommandGroup group : CommandGroup.ALL) {
      text.append("\n## ").append(group.title()).append('\n');
      for (String name : group.commands()) {
        CommandLine command = commands.get(name);
        if (command != null && !name.equals("help")) {
          text.append("\n### gnomon ").append(name).append("\n\n```\n");
          text.append(usage(command)).append("```\n");
        }
      }
    }
    return text.toString();
  }

  private static String usage(CommandLine command) {
    StringWriter text = new StringWriter();
    command.usage(new PrintWriter(text, true), Ansi.OFF);
    return text.toString().replace("\r\n", "\n").replaceAll("(?m) +$", "");
  }
}

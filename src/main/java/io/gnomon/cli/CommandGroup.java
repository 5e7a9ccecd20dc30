package io.gnomon.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/**
 * Commands that stand under one heading in the usage.
 *
 * @param title the heading
 * @param commands names of the commands, in the order shown; one that is not registered is left out
 */
record CommandGroup(String title, List<String> commands) {
  /** The headings of {@code gnomon --help}. */
  static final List<CommandGroup> ALL =
      List.of(
          new CommandGroup("Project a teacher", List.of("run", "plot", "report", "evaluate")),
          new CommandGroup(
              "Put a student to work", List.of("export", "tag", "serve", "cascade", "latency")),
          new CommandGroup("From raw posts to labels", List.of("label", "inspect", "grow")),
          new CommandGroup("Compare approaches", List.of("bench", "reproduce", "notebook")),
          new CommandGroup("Teachers", List.of("ask", "teach", "merge", "import", "answer")),
          new CommandGroup("Look before you run", List.of("validate", "doctor", "speed")),
          new CommandGroup("The command line itself", List.of("completion", "help")));

  /** Lists the commands below their headings, and those that no group names at the end. */
  static String render(Help help) {
    Map<String, Help> left = new LinkedHashMap<>(help.subcommands());
    StringBuilder text = new StringBuilder();
    for (CommandGroup group : ALL) {
      List<String> lines = new ArrayList<>();
      for (String name : group.commands()) {
        Help command = left.remove(name);
        if (command != null) {
          lines.add(line(name, command));
        }
      }
      append(text, group.title(), lines);
    }
    append(
        text, "Others", left.entrySet().stream().map(e -> line(e.getKey(), e.getValue())).toList());
    return text.toString();
  }

  /** Makes {@code commandLine} show its commands in groups. */
  static void install(CommandLine commandLine) {
    commandLine
        .getHelpSectionMap()
        .remove(CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING);
    commandLine
        .getHelpSectionMap()
        .put(CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandGroup::render);
  }

  private static void append(StringBuilder text, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      text.append(String.format("%n%s:%n", title));
      lines.forEach(line -> text.append(String.format("%s%n", line)));
    }
  }

  private static String line(String name, Help command) {
    String[] description = command.commandSpec().usageMessage().description();
    // A description is a format: picocli's own 'help' begins with a line break.
    String first = description.length == 0 ? "" : String.format(description[0]).strip();
    return String.format("  %-12s%s", name, first);
  }
}

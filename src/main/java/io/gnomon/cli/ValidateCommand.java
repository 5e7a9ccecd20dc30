package io.gnomon.cli;

import io.gnomon.config.ConfigLoader;
import io.gnomon.config.FileType;
import io.gnomon.config.InputException;
import io.gnomon.teacher.TeacherChecks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gnomon validate}: everything wrong with some files, without running anything. */
@Command(
    name = "validate",
    description = "Report everything that is wrong with YAML files; loads no model.",
    footer = {"", "Example: gnomon validate configs/quickstart.yaml"})
final class ValidateCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Experiments, parts or lessons.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override one key of every file.")
  private List<String> sets = new ArrayList<>();

  ValidateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    int bad = 0;
    for (Path file : files) {
      bad += good(file) ? 0 : 1;
    }
    return bad == 0 ? ExitCode.OK : ExitCode.BAD_INPUT;
  }

  private boolean good(Path file) {
    TeacherChecks checks = new TeacherChecks();
    try {
      Object config = ConfigLoader.any(file, sets, List.of(checks)).config();
      checks.warnings().stream()
          .distinct()
          .forEach(line -> console.err().println("gnomon: warning: " + file + ": " + line));
      console.out().println(file + ": ok (" + kind(config) + ")");
      return true;
    } catch (InputException e) {
      // Bare lines, file and line first: editors and terminals make links of them.
      console.err().println(e.getMessage());
      return false;
    }
  }

  private static String kind(Object config) {
    return Arrays.stream(FileType.values())
        .filter(type -> type.config().isInstance(config))
        .findFirst()
        .orElse(FileType.EXPERIMENT)
        .name()
        .toLowerCase(Locale.ROOT);
  }
}

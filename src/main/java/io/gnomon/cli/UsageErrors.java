package io.gnomon.cli;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * A command line that cannot be read: one line with the cause, the nearest match and where help is;
 * no full usage.
 */
final class UsageErrors implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    String line =
        failure instanceof UnmatchedArgumentException unmatched
            ? unmatched(command, unmatched)
            : oneLine(failure.getMessage()) + "; see ";
    PrintWriter err = command.getErr();
    err.println("gnomon: " + line + command.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return ExitCode.BAD_INPUT;
  }

  private static String unmatched(CommandLine command, UnmatchedArgumentException failure) {
    String found = "'" + failure.getUnmatched().get(0) + "'";
    String at = command.getParent() == null ? "" : command.getCommandName() + ": ";
    if (failure.isUnknownOption()) {
      return at + "expected one of its options, found " + found + meant(failure);
    }
    return at.isEmpty()
        ? "expected a command, found " + found + meant(failure)
        : at + "expected no further argument, found " + found + "; leave it out, or see ";
  }

  private static String meant(UnmatchedArgumentException failure) {
    List<String> near = failure.getSuggestions();
    return near.isEmpty() ? "; see " : "; did you mean '" + near.get(0) + "'? See ";
  }

  private static String oneLine(@Nullable String message) {
    return String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", " ");
  }
}

package io.gnomon.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * A command line that cannot be read: the cause, the nearest match, where help is; no full usage.
 */
final class UsageErrors implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("gnomon: " + failure.getMessage());
    UnmatchedArgumentException.printSuggestions(failure, err);
    err.println("gnomon: see " + command.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return ExitCode.BAD_INPUT;
  }
}

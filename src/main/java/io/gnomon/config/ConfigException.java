package io.gnomon.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration with one problem or more; the message has a line for each. */
public final class ConfigException extends InputException {
  private final transient List<Problem> problems;

  /**
   * An exception that holds these problems.
   *
   * @param problems at least one
   */
  public ConfigException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** All problems, in the order they were found. */
  public List<Problem> problems() {
    return problems;
  }
}

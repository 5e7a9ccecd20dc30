package io.gnomon.report;

import io.gnomon.config.InputException;
import java.nio.file.Path;

/**
 * A folder that the page has not whole, and why.
 *
 * @param place what the page calls the folder
 * @param cause one line
 */
public record Damage(String place, String cause) {
  /** What reading a file below {@code root} ended with, said without the way there. */
  static Damage of(String place, Path root, InputException problem) {
    String first = String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
    return new Damage(place, first.replace(root + "/", "").replace(place + "/", ""));
  }

  @Override
  public String toString() {
    return place + ": " + cause;
  }
}

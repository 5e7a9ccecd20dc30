package io.gnomon.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest; a build that has none, as in a test, says so. */
public final class Version implements IVersionProvider {
  /** The program's version. */
  public static String current() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "(not packaged)");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"gnomon " + current() + ", Java " + System.getProperty("java.version")};
  }
}

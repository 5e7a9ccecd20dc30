package io.gnomon;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Models, goldens and data sets that are not part of the repository. A test that needs one asks
 * here; where it is missing the test is skipped, says what it missed, and is counted as skipped.
 */
public final class Shared {
  private Shared() {}

  /**
   * The path of {@code relative} below {@code -Dgnomon.shared}; skips the calling test without it.
   */
  public static Path require(String relative) {
    Path path = Path.of(System.getProperty("gnomon.shared", "../shared")).resolve(relative);
    Assumptions.assumeTrue(
        Files.exists(path), () -> "skipped: needs " + relative + " below -Dgnomon.shared");
    return path.toAbsolutePath().normalize();
  }
}

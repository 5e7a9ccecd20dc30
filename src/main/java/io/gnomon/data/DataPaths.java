package io.gnomon.data;

import io.gnomon.config.InputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds a set's files: as given (relative to the working directory), then below the folder named by
 * the system property {@code gnomon.data} or else the environment variable {@code GNOMON_DATA},
 * there with and without a leading {@code data/}.
 */
final class DataPaths {
  private static final Path CUSTOMARY = Path.of("data");

  private DataPaths() {}

  static Optional<Path> find(String path) {
    return candidates(path).stream().filter(Files::exists).findFirst();
  }

  /** Every place looked in, and why there are no more, for the message of a missing file. */
  static String placesLookedIn(String path) {
    if (parse(path).isAbsolute()) {
      return "looked there only, as the path is absolute";
    }
    String here = "looked in " + Path.of("").toAbsolutePath();
    String root = root();
    return root == null ? here + ", GNOMON_DATA is not set" : here + " and in GNOMON_DATA=" + root;
  }

  private static List<Path> candidates(String text) {
    Path path = parse(text);
    List<Path> candidates = new ArrayList<>(List.of(path));
    String root = root();
    if (root != null && !path.isAbsolute()) {
      Path below = parse(root);
      candidates.add(below.resolve(path));
      if (path.startsWith(CUSTOMARY) && path.getNameCount() > 1) {
        candidates.add(below.resolve(path.subpath(1, path.getNameCount())));
      }
    }
    return candidates;
  }

  private static Path parse(String path) {
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw new InputException(
          "data path '" + path + "' is not a path on this system: " + e.getReason(), e);
    }
  }

  private static @Nullable String root() {
    String property = System.getProperty("gnomon.data");
    String root = property != null ? property : System.getenv("GNOMON_DATA");
    return root == null || root.isBlank() ? null : root;
  }
}

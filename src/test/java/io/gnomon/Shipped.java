package io.gnomon;

import static org.junit.jupiter.api.Assumptions.abort;

import io.gnomon.config.ConfigException;
import io.gnomon.config.ConfigLoader;
import io.gnomon.config.Loaded;
import java.nio.file.Path;
import java.util.List;

/**
 * The configurations that ship, some of which name a model that a user has to bring: where it is
 * missing, the embedded teacher stands in for it, so that the rest of the file is still tested.
 */
public final class Shipped {
  private static final String MISSING = "no folder 'models/";
  private static final List<List<String>> STAND_INS =
      List.of(
          List.of("teacher.path=embedded:pocket"),
          List.of("path=embedded:pocket"),
          List.of("from=embedded:pocket"),
          List.of("set.teacher.path=embedded:pocket"),
          List.of("approaches.pretrained.set.student=students/tiny"));

  private Shipped() {}

  /** What {@code --set} takes to make {@code file} load here; empty where it does as it is. */
  public static List<String> sets(Path file) {
    try {
      Loaded<?> unused = ConfigLoader.any(file, List.of(), List.of());
      return List.of();
    } catch (ConfigException e) {
      return String.valueOf(e.getMessage()).contains(MISSING) ? standIn(file, e) : List.of();
    }
  }

  private static List<String> standIn(Path file, ConfigException missing) {
    return STAND_INS.stream()
        .filter(sets -> loads(file, sets))
        .findFirst()
        .orElseGet(() -> abort(String.valueOf(missing.getMessage())));
  }

  /** A file of another kind has no such key. */
  private static boolean loads(Path file, List<String> sets) {
    try {
      Loaded<?> unused = ConfigLoader.any(file, sets, List.of());
      return true;
    } catch (ConfigException e) {
      return false;
    }
  }

  /** {@code file}, with the stand-in where one is needed. */
  public static Loaded<?> load(Path file) {
    return ConfigLoader.any(file, sets(file), List.of());
  }
}

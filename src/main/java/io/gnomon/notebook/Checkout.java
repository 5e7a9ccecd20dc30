package io.gnomon.notebook;

import io.gnomon.config.InputException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a notebook finds {@code results} and {@code configs}, whatever folder it was opened in. */
public final class Checkout {
  private Checkout() {}

  /**
   * The checkout: the nearest folder with {@code configs} and {@code results}, from the working
   * directory upwards, else what {@code -Dgnomon.home} names.
   *
   * @throws InputException when there is none
   */
  public static Path root() {
    Path here = Path.of("").toAbsolutePath();
    for (Path folder = here; folder != null; folder = folder.getParent()) {
      if (isCheckout(folder)) {
        return folder;
      }
    }
    Path home = Path.of(System.getProperty("gnomon.home", ""));
    if (isCheckout(home)) {
      return home;
    }
    throw new InputException(
        here
            + ": expected a checkout of Gnomon here or above (a folder with configs and results),"
            + " found none; start in one");
  }

  private static boolean isCheckout(Path folder) {
    return Files.isDirectory(folder.resolve("configs"))
        && Files.isDirectory(folder.resolve("results"));
  }
}

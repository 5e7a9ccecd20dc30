package io.gnomon.data;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;

/** The one-line messages that the readers share. */
final class Problems {
  private Problems() {}

  /**
   * A public set that is not there.
   *
   * @param path the file that was looked for
   * @param target where the command that is named should put the set
   */
  static InputException missing(KnownSet set, String path, String target) {
    return new InputException(
        String.format(
            "%s not found at %s (%s): %s",
            set.title(), path, DataPaths.placesLookedIn(path), set.howToGet(target)));
  }

  static InputException unreadable(Path path, IOException cause) {
    return new InputException("cannot read " + path + ": " + reason(cause), cause);
  }

  static InputException damaged(Path path, String expected, Exception cause, String remedy) {
    return new InputException(
        String.format("%s: expected %s, found: %s; %s", path, expected, reason(cause), remedy),
        cause);
  }

  static InputException badRow(String where, String expected, String found) {
    return new InputException(
        String.format("%s: expected %s, found %s; mend or drop the row", where, expected, found));
  }

  static InputException emptyText(String where) {
    return badRow(where, "a text", "an empty one");
  }

  private static String reason(Exception cause) {
    if (cause instanceof CharacterCodingException
        || cause.getCause() instanceof CharacterCodingException) {
      return "bytes that are not UTF-8";
    }
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}

package io.gnomon.grow;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.Json;
import io.gnomon.config.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What the rounds of a folder were begun with: those of something else are not gone on with.
 *
 * @param facts by name
 */
record Origin(Map<String, String> facts) {
  private static final String FILE = "grow.json";

  /** Texts of this length, and digests, tell a reader nothing. */
  private static final int LONG = 64;

  Origin {
    facts = new LinkedHashMap<>(facts);
  }

  /**
   * Writes it into a folder that has none.
   *
   * @throws InputException when the folder has another's rounds
   */
  void claim(Path folder) {
    Path file = folder.resolve(FILE);
    if (Files.isRegularFile(file)) {
      JsonNode there = Json.read(file);
      facts.forEach((name, value) -> require(folder, name, there.path(name).asString(""), value));
    }
    AtomicFiles.writeString(file, Json.write(facts));
  }

  private static void require(Path folder, String name, String then, String now) {
    if (!then.equals(now)) {
      boolean told = Math.max(then.length(), now.length()) < LONG;
      throw new InputException(
          "%s: expected a new folder, or one of the same run, task, posts, labeller and settings, found rounds of other %s%s; give another --out"
              .formatted(folder, name, told ? " (%s there, %s given)".formatted(then, now) : ""));
    }
  }
}

package io.gnomon.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** The line by which editors find the schema of a YAML file. */
final class SchemaLine {
  private SchemaLine() {}

  /** The line for {@code file}, with its line feed; empty where no schema lies above it. */
  static String of(Path file) {
    Path own = file.toAbsolutePath().normalize();
    for (Path at = own.getParent(); at != null; at = at.getParent()) {
      Path schema = at.resolve("configs/schema.json");
      if (Files.isRegularFile(schema)) {
        String relative =
            own.resolve("..").normalize().relativize(schema).toString().replace('\\', '/');
        return "# yaml-language-server: $schema=" + relative + "\n";
      }
    }
    return "";
  }
}

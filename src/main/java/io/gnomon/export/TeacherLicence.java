package io.gnomon.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a teacher's folder says of its licence. */
final class TeacherLicence {
  private static final List<String> TEXTS = List.of("LICENSE", "LICENSE.txt", "LICENSE.md");
  private static final String KEY = "license:";

  private TeacherLicence() {}

  /**
   * The {@code license} in the front matter of README.md, as Hugging Face has it, else the first
   * line of LICENSE; empty where the folder says nothing.
   */
  static Optional<String> of(Path folder) {
    return front(lines(folder.resolve("README.md")))
        .or(
            () ->
                TEXTS.stream()
                    .flatMap(name -> lines(folder.resolve(name)).stream())
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .findFirst());
  }

  private static Optional<String> front(List<String> lines) {
    if (lines.isEmpty() || !lines.get(0).strip().equals("---")) {
      return Optional.empty();
    }
    return lines.stream()
        .skip(1)
        .takeWhile(line -> !line.strip().equals("---"))
        .filter(line -> line.startsWith(KEY))
        .map(line -> line.substring(KEY.length()).strip())
        .filter(licence -> !licence.isEmpty())
        .findFirst();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.isRegularFile(file)
          ? Files.readAllLines(file, StandardCharsets.UTF_8)
          : List.of();
    } catch (IOException e) {
      return List.of(); // says nothing that can be read
    }
  }
}

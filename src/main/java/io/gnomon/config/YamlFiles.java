package io.gnomon.config;

import io.gnomon.config.Value.Origin;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads YAML files, and names the ones that are near when a file is missing. */
final class YamlFiles {
  private YamlFiles() {}

  /** The document in {@code file}; null when it cannot be read, which is then a problem. */
  static @Nullable Value read(Path file, String path, Problems problems) {
    String shown = shown(file);
    if (Files.isDirectory(file)) {
      problems.add(shown, path, "a folder", "a readable YAML file", inside(file));
      return null;
    }
    try {
      String text = Files.readString(file);
      return YamlReader.read(text, line -> new Origin(shown + ":" + line, file), path, problems);
    } catch (MalformedInputException e) {
      problems.add(shown, path, "bytes that are not UTF-8", "a YAML file in UTF-8", null);
    } catch (IOException e) {
      boolean there = Files.exists(file);
      String name = there ? null : Nearest.of(stem(file), stems(file.toAbsolutePath().getParent()));
      Path near = name == null ? null : file.resolveSibling(name + ".yaml");
      String found = there ? "a file that cannot be read" : "no such file";
      problems.add(shown, path, found, "a readable YAML file", near == null ? null : shown(near));
    }
    return null;
  }

  /** A file of a folder that may have been meant: its suite, else its first. */
  private static @Nullable String inside(Path folder) {
    List<String> stems = stems(folder);
    if (stems.isEmpty()) {
      return null;
    }
    String stem = stems.contains("suite") ? "suite" : stems.get(0);
    return shown(folder.resolve(stem + ".yaml"));
  }

  /** The path as a message shows it: relative where it lies below the working directory. */
  static String shown(Path file) {
    Path here = Path.of("").toAbsolutePath().normalize();
    Path there = file.toAbsolutePath().normalize();
    return (there.startsWith(here) ? here.relativize(there) : there).toString();
  }

  /** Names of the YAML files in a folder, without their ending, sorted. */
  static List<String> stems(@Nullable Path folder) {
    if (folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .map(YamlFiles::stem)
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of(); // names for a suggestion only: the missing file is reported either way
    }
  }

  private static String stem(Path file) {
    Path name = file.getFileName();
    return name == null ? "" : name.toString().replaceFirst("\\.ya?ml$", "");
  }
}

package io.gnomon.importing;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.FileProblem;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an import has finished: a heading with the source's checksum, then for each file written a
 * line as {@code sha256sum} prints it. Rewritten, crash-safe, after every file; so a killed import
 * knows what to keep.
 */
final class ImportManifest {
  /** Its name: no *.json, which would change the model's own checksum. */
  static final String NAME = "import.sha256";

  private static final Pattern HEADING = Pattern.compile("# gnomon import of ([0-9a-f]{64})");
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (\\S+)");

  private final Path file;
  private final String source;
  private final Map<String, String> written = new LinkedHashMap<>();

  private ImportManifest(Path file, String source) {
    this.file = file;
    this.source = source;
  }

  /**
   * The manifest in {@code folder}; a new one, on disk already, where there is none.
   *
   * @param source SHA-256 of the file that is imported
   * @throws InputException when it is damaged or of another source
   */
  static ImportManifest open(Path folder, String source) {
    ImportManifest manifest = new ImportManifest(folder.resolve(NAME), source);
    if (Files.isRegularFile(manifest.file)) {
      manifest.read();
    } else {
      manifest.write();
    }
    return manifest;
  }

  private void read() {
    List<String> lines = lines();
    Matcher heading = HEADING.matcher(lines.isEmpty() ? "" : lines.get(0));
    if (!heading.matches()) {
      throw damaged("a heading with a checksum");
    }
    if (!Objects.equals(heading.group(1), source)) {
      throw new InputException(
          ("%s: expected the import of the file with SHA-256 %s, found that of %s; give another"
                  + " folder to --to")
              .formatted(file, source, heading.group(1)));
    }
    for (String line : lines.subList(1, lines.size())) {
      Matcher entry = LINE.matcher(line);
      if (!entry.matches()) {
        throw damaged("a checksum and a file name in every line");
      }
      written.put(entry.group(2), entry.group(1));
    }
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    }
  }

  private InputException damaged(String expected) {
    return new InputException(
        "%s: expected %s, found something else; empty the folder and import again"
            .formatted(file, expected));
  }

  /** Whether {@code name} was finished with this checksum. */
  boolean has(String name, String sha256) {
    return sha256.equals(written.get(name));
  }

  /** Whether {@code name} was finished at all. */
  boolean names(String name) {
    return written.containsKey(name);
  }

  /** Records that {@code name} is finished. */
  void add(String name, String sha256) {
    written.put(name, sha256);
    write();
  }

  private void write() {
    StringBuilder text = new StringBuilder("# gnomon import of ").append(source).append('\n');
    written.forEach((name, sha256) -> text.append(sha256).append("  ").append(name).append('\n'));
    AtomicFiles.writeString(file, text.toString());
  }
}

package io.gnomon.serve.bulk;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where rows come from.
 *
 * @param name as messages have it
 * @param path the file; null for standard input
 * @param format how it holds its rows
 */
public record BulkInput(String name, @Nullable Path path, RowFormat format) {
  /** Standard input, in place of a file. */
  public static final String STANDARD = "-";

  private static final Pattern WILD = Pattern.compile("[*?\\[{]");

  /**
   * The files that are meant, in the order given; those of a pattern such as {@code 'in/*.jsonl'}
   * by name.
   *
   * @param given files, patterns or {@value #STANDARD}; none for standard input
   * @param format of all of them; null where each file's ending tells, and standard input has lines
   * @throws InputException when one is missing, or its ending tells no format
   */
  public static List<BulkInput> of(List<String> given, @Nullable RowFormat format) {
    List<String> names = given.isEmpty() ? List.of(STANDARD) : given;
    if (names.stream().filter(STANDARD::equals).count() > 1) {
      throw new InputException(
          "FILE: expected standard input once, found it more often; give '-' once");
    }
    return names.stream().flatMap(name -> matching(name, format)).toList();
  }

  private static Stream<BulkInput> matching(String name, @Nullable RowFormat format) {
    if (name.equals(STANDARD)) {
      return Stream.of(standard(format));
    }
    Path path = Path.of(name);
    boolean pattern = WILD.matcher(name).find() && !Files.exists(path);
    return (pattern ? glob(name) : List.of(path)).stream().map(file -> file(file, format));
  }

  private static BulkInput standard(@Nullable RowFormat format) {
    if (format == RowFormat.PARQUET) {
      throw new InputException(
          "standard input: expected text, CSV, TSV or JSONL, found --from parquet, which is read"
              + " from its end; give the file");
    }
    return new BulkInput("standard input", null, format == null ? RowFormat.TEXT : format);
  }

  private static BulkInput file(Path path, @Nullable RowFormat format) {
    if (!Files.isRegularFile(path)) {
      throw new InputException(
          path
              + ": expected a file of rows, found "
              + (Files.isDirectory(path)
                  ? "a folder; give its files, as '" + path.resolve("*.jsonl") + "'"
                  : "no such file; mend the path"));
    }
    RowFormat found = format == null ? RowFormat.ofName(path.toString()).orElse(null) : format;
    if (found == null) {
      throw new InputException(
          path
              + ": expected a name that ends in .txt, .csv, .tsv, .jsonl or .parquet, found another;"
              + " give --from text, csv, tsv, jsonl or parquet");
    }
    return new BulkInput(path.toString(), path, found);
  }

  private static List<Path> glob(String pattern) {
    try (Stream<Path> files = Files.walk(fixed(pattern))) {
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
      List<Path> found =
          files.filter(matcher::matches).filter(Files::isRegularFile).sorted().toList();
      if (found.isEmpty()) {
        throw unmatched(pattern);
      }
      return found;
    } catch (PatternSyntaxException | NoSuchFileException e) {
      throw unmatched(pattern);
    } catch (IOException e) {
      throw FileTrouble.reading(pattern, e);
    } catch (UncheckedIOException e) { // within the walk
      throw FileTrouble.reading(pattern, new IOException(e));
    }
  }

  private static InputException unmatched(String pattern) {
    return new InputException(
        pattern + ": expected a pattern of files, found none that it matches; mend the pattern");
  }

  /** The folder before the first name with a wild card in it. */
  private static Path fixed(String pattern) {
    int wild = pattern.length();
    var matcher = WILD.matcher(pattern);
    if (matcher.find()) {
      wild = matcher.start();
    }
    int slash = pattern.lastIndexOf('/', wild);
    return Path.of(slash < 0 ? "" : pattern.substring(0, slash + 1));
  }

  /** Bytes; 0 of standard input. */
  long size() {
    try {
      return path == null ? 0 : Files.size(path);
    } catch (IOException e) {
      throw FileTrouble.reading(name, e);
    }
  }

  /** What tells this file, as it is now, from another; to go on only with the same. */
  String fingerprint() {
    return path == null ? name : Fingerprint.of(path);
  }
}

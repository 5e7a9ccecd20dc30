package io.gnomon.spark.tag;

import io.gnomon.config.InputException;
import io.gnomon.serve.bulk.RowFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** Finds the files that are meant. */
final class InputFiles {
  private final Configuration hadoop;
  private final @Nullable RowFormat format;

  InputFiles(Configuration hadoop, @Nullable RowFormat format) {
    this.hadoop = hadoop;
    this.format = format;
  }

  /**
   * The files in the order given; those of a pattern or folder by name.
   *
   * @throws InputException when one is missing, or holds its rows in another way than JSON lines or
   *     Parquet
   */
  List<InputFile> of(List<String> given) {
    return given.stream().flatMap(name -> matching(name).stream()).toList();
  }

  private List<InputFile> matching(String given) {
    try {
      Path path = new Path(given);
      FileSystem system = path.getFileSystem(hadoop);
      if (!system.exists(path)) {
        return files(given, system.globStatus(path), found -> name(found, path, system));
      }
      FileStatus found = system.getFileStatus(path);
      String folder = given.endsWith("/") ? given : given + "/";
      return found.isDirectory()
          ? files(given, system.listStatus(found.getPath()), file -> folder + file.getName())
          : List.of(file(found, given));
    } catch (IllegalArgumentException | IOException e) { // the first of an address that is none
      throw FileTrouble.reading(given, e);
    }
  }

  /** A file's name as its pattern was given: with its scheme, from the root or from here. */
  private static String name(Path file, Path pattern, FileSystem system) {
    if (pattern.toUri().getScheme() != null) {
      return file.toString();
    }
    return pattern.isAbsolute()
        ? file.toUri().getPath()
        : system.getWorkingDirectory().toUri().relativize(file.toUri()).getPath();
  }

  /** Those that Spark and Hadoop do not hide; folders among them are left out. */
  private List<InputFile> files(
      String given, FileStatus @Nullable [] found, Function<Path, String> name) {
    List<InputFile> files = new ArrayList<>();
    for (FileStatus status : found == null ? new FileStatus[0] : found) {
      String last = status.getPath().getName();
      if (status.isFile() && !last.startsWith("_") && !last.startsWith(".")) {
        files.add(file(status, name.apply(status.getPath())));
      }
    }
    if (files.isEmpty()) {
      throw new InputException(
          given
              + ": expected a file, a pattern or a folder of files, found none; mend the path, or"
              + " name the folders in it");
    }
    files.sort(Comparator.comparing(InputFile::name));
    return files;
  }

  private InputFile file(FileStatus status, String name) {
    RowFormat found = format == null ? RowFormat.ofName(name).orElse(null) : format;
    if (found != RowFormat.JSONL && found != RowFormat.PARQUET) {
      String said = found == null ? "another" : found.key();
      throw new InputException(
          "%s: expected JSON lines or Parquet, found %s; give --from jsonl or parquet, or tag it with 'gnomon tag'"
              .formatted(name, said));
    }
    return new InputFile(name, status.getPath().toUri().toString(), status.getLen(), found);
  }
}

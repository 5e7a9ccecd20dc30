package io.gnomon.tensorflow;

import io.gnomon.checkpoint.FileProblem;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A checkpoint on disk: which of the files around it is its index, and what else lies there. Given
 * is a folder (of a checkpoint or a SavedModel), an archive, an {@code .index} file or the name
 * that it and its data files share.
 */
final class Checkpoint implements AutoCloseable {
  private static final String INDEX = ".index";

  /** Small files only: an index has some hundred bytes a tensor, a vocabulary some a word. */
  private static final long LARGEST = 1 << 26;

  private final ModelFiles files;
  private final ForwardReader reader;
  private final String prefix;

  private Checkpoint(ModelFiles files, String prefix) {
    this.files = files;
    this.reader = new ForwardReader(files);
    this.prefix = prefix;
  }

  /** Whether a file of this name is a bundle's index. */
  static boolean isIndex(String name) {
    return name.endsWith(INDEX);
  }

  /** Whether {@code source} is a checkpoint's to read, rather than another importer's. */
  static boolean isOne(Path source) {
    return Files.isDirectory(source)
        || isIndex(source.toString())
        || isPrefix(source)
        || isZip(source);
  }

  private static boolean isPrefix(Path source) {
    return !Files.exists(source) && Files.exists(Path.of(source + INDEX));
  }

  private static boolean isZip(Path source) {
    if (!Files.isRegularFile(source)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(source)) {
      return ZipFiles.begins(in.readNBytes(4));
    } catch (IOException e) {
      throw FileProblem.reading(source, e);
    }
  }

  /**
   * Finds the checkpoint.
   *
   * @throws InputException when there is none, or more than one
   */
  static Checkpoint find(Path source) {
    if (Files.isDirectory(source)) {
      return only(source, FolderFiles.list(source));
    }
    if (isIndex(source.toString()) || isPrefix(source)) {
      return named(source);
    }
    return only(source, ZipFiles.list(source));
  }

  /** The index is given: the model's folder is the one around it, or around its variables. */
  private static Checkpoint named(Path source) {
    Path index = source.toAbsolutePath().normalize();
    Path folder = index.resolveSibling(".").normalize();
    Path root = folder.endsWith("variables") ? folder.resolveSibling(".").normalize() : folder;
    String name = root.relativize(index).toString().replace('\\', '/');
    return new Checkpoint(FolderFiles.list(root), isIndex(name) ? withoutEnding(name) : name);
  }

  private static Checkpoint only(Path source, ModelFiles files) {
    List<String> found = files.sizes().keySet().stream().filter(Checkpoint::isIndex).toList();
    if (found.size() == 1) {
      return new Checkpoint(files, withoutEnding(found.get(0)));
    }
    files.close();
    throw new InputException(
        found.isEmpty()
            ? source
                + ": expected a GGUF file, or a TensorFlow checkpoint with its .index file, found"
                + " neither; give the file or folder of the model"
            : "%s: expected one checkpoint, found %s and %s; give the .index file of one"
                .formatted(source, found.get(0), found.get(1)));
  }

  private static String withoutEnding(String name) {
    return name.substring(0, name.length() - INDEX.length());
  }

  /** The name of the index. */
  String index() {
    return prefix + INDEX;
  }

  /** The name of a data file. */
  String shard(long number, int of) {
    return "%s.data-%05d-of-%05d".formatted(prefix, number, of);
  }

  /** The files around it. */
  ModelFiles files() {
    return files;
  }

  /** Reads parts of them. */
  ForwardReader reader() {
    return reader;
  }

  /** The whole of a small file. */
  ByteBuffer whole(String name) {
    long size = files.sizes().getOrDefault(name, 0L);
    if (size > LARGEST) {
      throw ByteCursor.broken(
          files.label(name), "expected at most %d bytes, found %d".formatted(LARGEST, size));
    }
    return reader.read(name, 0, (int) size);
  }

  /** The text of the file called {@code name}, in whatever folder; none where there is no such. */
  Optional<SmallText> text(String name) {
    return files.sizes().keySet().stream()
        .filter(path -> path.equals(name) || path.endsWith("/" + name))
        .findFirst()
        .map(path -> new SmallText(files.label(path), decoded(path)));
  }

  private String decoded(String path) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(whole(path)).toString();
    } catch (CharacterCodingException e) {
      throw ByteCursor.broken(files.label(path), "expected UTF-8, found other bytes");
    }
  }

  @Override
  public void close() {
    reader.close();
    files.close();
  }
}

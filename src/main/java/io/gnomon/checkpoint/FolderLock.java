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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
  private final List<Path> made;

  private FolderLock(Path folder, FileChannel channel, List<Path> made) {
    this.folder = folder;
    this.channel = channel;
    this.made = made;
  }

  /**
   * Takes the folder, which is made when missing, and goes again with the lock if it is empty then.
   *
   * @throws InputException when another run, here or in another process, is writing into it
   */
  public static FolderLock acquire(Path folder) {
    try {
      return take(folder);
    } catch (HeldException e) {
      throw new InputException(e.said, e);
    }
  }

  /** As {@link #acquire}; empty when another run, here or in another process, holds the folder. */
  public static Optional<FolderLock> tryAcquire(Path folder) {
    try {
      return Optional.of(take(folder));
    } catch (HeldException e) {
      return Optional.empty();
    }
  }

  private static FolderLock take(Path folder) throws HeldException {
    List<Path> made = new ArrayList<>();
    try {
      return takeAmongOthers(folder, made);
    } catch (HeldException e) {
      throw e;
    } catch (IOException e) {
      removeEmpty(made);
      throw FileProblem.writing(folder.resolve(NAME), e);
    }
  }

  /** A lock beside this one, as it is given back, may remove a folder above both meanwhile. */
  private static FolderLock takeAmongOthers(Path folder, List<Path> made) throws IOException {
    for (int attempt = 1; true; attempt++) {
      List<Path> missing = missing(folder);
      if (missing.size() > made.size()) {
        made.clear();
        made.addAll(missing);
      }
      try {
        return takeOnce(folder, made);
      } catch (NoSuchFileException | FileAlreadyExistsException removed) {
        if (attempt == ATTEMPTS) {
          throw removed;
        }
      }
    }
  }

  private static FolderLock takeOnce(Path folder, List<Path> made) throws IOException {
    Files.createDirectories(folder);
    Path real = folder.toRealPath();
    if (!HELD.add(real)) {
      throw held(folder, ProcessHandle.current().pid() + ", this one");
    }
    boolean taken = false;
    try {
      FolderLock lock = new FolderLock(real, lockedChannel(folder, real.resolve(NAME)), made);
      taken = true;
      return lock;
    } finally {
      if (!taken) {
        HELD.remove(real);
      }
    }
  }

  /** The folder and those above it that are not there yet, from the inside out. */
  private static List<Path> missing(Path folder) {
    List<Path> missing = new ArrayList<>();
    Path at = folder.toAbsolutePath().normalize();
    for (; at != null && !Files.exists(at); at = at.getParent()) {
      missing.add(at);
    }
    return missing;
  }

  private static void removeEmpty(List<Path> folders) {
    try {
      for (Path folder : folders) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException expected) {
      // It holds something: it stays, and so do those around it.
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
      if (before == null || !Objects.equals(before, identity(file))) {
        return null;
      }
      writeHolder(file, channel);
      kept = true;
      return channel;
    } finally {
      if (!kept) {
        channel.close();
      }
    }
  }

  private static void createIfMissing(Path file) throws IOException {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
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

  /** On a full disk the file goes again: a refused run leaves nothing. */
  private static void writeHolder(Path file, FileChannel channel) throws IOException {
    try {
      channel.truncate(0);
      String pid = Long.toString(ProcessHandle.current().pid());
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(32);
    channel.read(bytes, 0);
    String pid = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
    return pid.isBlank() ? "unknown" : pid.strip();
  }

  /** Another has the lock. */
  private static final class HeldException extends IOException {
    private static final long serialVersionUID = 1L;
    private final String said;

    HeldException(String said) {
      super(said);
      this.said = said;
    }
  }

  private static HeldException held(Path folder, String process) {
    return new HeldException(
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
      removeEmpty(made);
    } catch (IOException e) {
      throw FileProblem.writing(folder.resolve(NAME), e);
    } finally {
      HELD.remove(folder);
    }
  }
}

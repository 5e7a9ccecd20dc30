package io.gnomon.checkpoint;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Files that are either the old ones or the new ones, whenever the power goes. Content is written
 * {@link Aside} in the same folder, forced to disk and renamed.
 */
public final class AtomicFiles {
  private static final int BUFFER = 1 << 16;

  private AtomicFiles() {}

  /**
   * Writes {@code target}, replacing what was there; its folder is made when missing.
   *
   * @throws io.gnomon.config.InputException when it cannot be written, a full disk among the
   *     reasons; the old file, if any, is then untouched and nothing is left beside it
   */
  public static void write(Path target, IOConsumer<OutputStream> content) {
    Path aside = Aside.of(target);
    try {
      Files.createDirectories(folderOf(target));
      Aside.removeLeft(target);
      writeForced(aside, content);
      Files.move(
          aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      force(folderOf(target));
    } catch (IOException e) {
      discard(aside);
      throw FileProblem.writing(target, e);
    } catch (UncheckedIOException e) {
      discard(aside);
      throw FileProblem.writing(target, new IOException(e));
    } catch (RuntimeException | Error e) {
      discard(aside);
      throw e;
    }
  }

  /** Writes {@code text} as UTF-8; see {@link #write}. */
  public static void writeString(Path target, String text) {
    write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Puts the complete folder {@code staged} in the place of the folder {@code target}, both on one
   * file system. There is no exchange of folders in one step, so the old one is first renamed to
   * {@code target.old}: after a crash between the two renames {@link #recoverDirectory} brings it
   * back.
   *
   * @throws io.gnomon.config.InputException when a rename fails; the old folder is then in its
   *     place
   */
  public static void replaceDirectory(Path staged, Path target) {
    recoverDirectory(target);
    Path old = sibling(target, ".old");
    try {
      force(staged);
      if (Files.exists(target)) {
        Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
      force(folderOf(target));
      delete(old);
    } catch (IOException e) {
      recoverDirectory(target);
      throw FileProblem.writing(target, e);
    }
  }

  /**
   * Undoes a {@link #replaceDirectory} that was cut short: {@code target.old} becomes {@code
   * target} again where that is missing, and is removed where it is not. To be called before a
   * folder so written is read.
   */
  public static void recoverDirectory(Path target) {
    Path old = sibling(target, ".old");
    try {
      if (Files.exists(old) && !Files.exists(target)) {
        Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
        force(folderOf(target));
      } else {
        delete(old);
      }
    } catch (IOException e) {
      throw FileProblem.writing(target, e);
    }
  }

  private static void writeForced(Path file, IOConsumer<OutputStream> content) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER)) {
      content.accept(out);
      out.flush();
      channel.force(true);
    }
  }

  /**
   * Makes renames inside {@code folder} lasting; some systems cannot open a folder, and need not.
   */
  private static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException ignored) {
      // The rename is done; only its moment on disk is then the system's own choice.
    }
  }

  private static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException ignored) {
      // The failure that led here is the one to report; a later write removes this file.
    }
  }

  /**
   * Removes {@code folder} with all that is in it, or a link to one; nothing where there is none.
   */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException failure)
              throws IOException {
            Files.delete(emptied);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static Path sibling(Path target, String suffix) {
    return target.resolveSibling(target.getFileName() + suffix);
  }

  static Path folderOf(Path target) {
    Path folder = target.toAbsolutePath().getParent();
    return folder == null ? target.toAbsolutePath() : folder;
  }
}

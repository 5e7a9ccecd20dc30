package io.gnomon.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a file is written before it is renamed: beside its target, as {@code
 * name.PROCESS-START-THREAD.tmp}. No other process and no other thread has that name, so several
 * may write one target at once; each puts a whole file in place, and the last one's stays.
 */
public final class Aside {
  /** Bare {@code .tmp} is what earlier versions wrote. */
  private static final Pattern ENDING =
      Pattern.compile("(?:\\.(\\d{1,18})-([0-9a-f]+)-\\d+)?\\.tmp$");

  /** A process on another machine looks gone from here; what it writes to is younger than this. */
  private static final Duration UNTOUCHED = Duration.ofMinutes(1);

  /** Nothing is written to for so long and then renamed. */
  private static final Duration FORGOTTEN = Duration.ofDays(1);

  private static final long PROCESS = ProcessHandle.current().pid();

  /** Tells apart processes of one number, as those of two containers may be. */
  private static final String START = Long.toHexString(System.nanoTime());

  private Aside() {}

  /** Where this thread writes what is to become {@code target}. */
  public static Path of(Path target) {
    String owner = PROCESS + "-" + START + "-" + Thread.currentThread().getId();
    return target.resolveSibling(target.getFileName() + "." + owner + ".tmp");
  }

  /** The name that a file of this name is to get: its own, unless it is written aside. */
  public static String target(String name) {
    return ENDING.matcher(name).replaceFirst("");
  }

  /**
   * Removes all that was written aside for {@code target} and never renamed: only for who keeps all
   * others from writing it, as the holder of its folder's lock does.
   */
  public static void removeAll(Path target) {
    remove(target, file -> true);
  }

  /** Removes what writers of {@code target} left that were killed. */
  static void removeLeft(Path target) {
    remove(target, Aside::left);
  }

  private static void remove(Path target, Predicate<Path> which) {
    for (Path file : beside(target)) {
      if (which.test(file)) {
        try {
          Files.deleteIfExists(file);
        } catch (IOException ignored) {
          // It takes room and does no other harm; the next write tries again.
        }
      }
    }
  }

  private static List<Path> beside(Path target) {
    String name = String.valueOf(target.getFileName());
    try (Stream<Path> entries = Files.list(AtomicFiles.folderOf(target))) {
      return entries.filter(file -> isFor(name, file)).toList();
    } catch (IOException | UncheckedIOException unreadable) {
      return List.of(); // A folder may be open to writing alone.
    }
  }

  private static boolean isFor(String wanted, Path file) {
    String name = String.valueOf(file.getFileName());
    return !name.equals(wanted)
        && target(name).equals(wanted)
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean left(Path file) {
    Matcher name = ENDING.matcher(String.valueOf(file.getFileName()));
    Duration age = age(file);
    return age.compareTo(FORGOTTEN) > 0
        || (age.compareTo(UNTOUCHED) > 0 && name.find() && gone(name.group(1), name.group(2)));
  }

  private static Duration age(Path file) {
    try {
      return Duration.between(Files.getLastModifiedTime(file).toInstant(), Instant.now());
    } catch (IOException renamed) {
      return Duration.ZERO;
    }
  }

  private static boolean gone(@Nullable String process, @Nullable String start) {
    if (process == null) {
      return false;
    }
    long number = Long.parseLong(process);
    return number == PROCESS ? !START.equals(start) : ProcessHandle.of(number).isEmpty();
  }
}

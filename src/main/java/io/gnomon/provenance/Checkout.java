package io.gnomon.provenance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What git says of the program's own checkout; null where there is none. */
final class Checkout {
  private static final long GIT_SECONDS = 10;

  private Checkout() {}

  /** The commit that is checked out. */
  static @Nullable String commit() {
    return git("rev-parse", "HEAD");
  }

  /** Whether anything differs from it. What runs leave is no change of the program. */
  static @Nullable Boolean dirty() {
    String changes = git("status", "--porcelain", "--", ".", ":(exclude)results");
    return changes == null ? null : !changes.isEmpty();
  }

  private static @Nullable String git(String... arguments) {
    Path home = Path.of(System.getProperty("gnomon.home", "."));
    List<String> command =
        Stream.concat(Stream.of("git", "-C", home.toString()), Stream.of(arguments)).toList();
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      byte[] answer = process.getInputStream().readAllBytes();
      boolean ended = process.waitFor(GIT_SECONDS, TimeUnit.SECONDS);
      return ended && process.exitValue() == 0
          ? new String(answer, StandardCharsets.UTF_8).strip()
          : null;
    } catch (IOException e) {
      return null; // no git on this machine
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}

package io.gnomon.label;

import io.gnomon.checkpoint.FileProblem;
import io.gnomon.checkpoint.Sha256;
import io.gnomon.checkpoint.WholeLines;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All answers, on disk: a line is written whole before anybody acts on it, so that a process killed
 * at any time loses but the questions it was waiting for. One process writes at a time.
 */
public final class AnswerStore implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final WholeLines lines;
  private final Map<String, KeptAnswer> old = new HashMap<>();
  private final Map<String, KeptAnswer> fresh = new HashMap<>();
  private final Map<String, List<Question.Failed>> failed = new HashMap<>();
  private final Tally before = new Tally();

  private AnswerStore(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
    this.lines = new WholeLines(file, channel);
  }

  /** Where the answers of a labels file are kept. */
  public static Path beside(Path output) {
    return output.resolveSibling(output.getFileName() + ".answers.jsonl");
  }

  /**
   * Opens the file, or begins it.
   *
   * @param asked all that decides an answer beside the text, in words
   * @param goesOn whether answers without labels count as asked; else they are asked for anew
   * @throws InputException when it holds answers to something else, is written by another process,
   *     or is no such file
   */
  public static AnswerStore open(Path file, Map<String, String> asked, boolean goesOn) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      AnswerStore store = new AnswerStore(file, channel);
      boolean opened = false;
      try {
        store.lock();
        store.begin(asked, goesOn);
        opened = true;
        return store;
      } finally {
        if (!opened) {
          channel.close();
        }
      }
    } catch (IOException e) {
      throw FileProblem.writing(file, e);
    }
  }

  private void lock() throws IOException {
    @Nullable FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw new InputException(
          file
              + ": expected no other process writing it, found one; wait for it to end, or give"
              + " another --out");
    }
  }

  private void begin(Map<String, String> asked, boolean goesOn) throws IOException {
    long bytes = AnswerLines.read(file, asked, answer -> remember(answer, goesOn));
    channel.truncate(bytes).position(bytes);
    if (bytes == 0) {
      lines.append(AnswerLines.header(asked));
    }
  }

  private void remember(KeptAnswer answer, boolean goesOn) {
    before.countAnswer(answer.raw());
    if (answer.refused() == null) {
      old.put(answer.text(), answer.forgetting());
    } else if (goesOn) {
      failed(answer);
    }
  }

  /** By which a text is found again. */
  static String key(String text) {
    return Sha256.ofText(text);
  }

  /** The answer with labels to a text. */
  synchronized Optional<KeptAnswer> find(String key) {
    KeptAnswer now = fresh.get(key);
    return Optional.ofNullable(now == null ? old.get(key) : now);
  }

  /** Whether a text had its labels when the file was opened. */
  boolean knewBefore(String key) {
    return old.containsKey(key);
  }

  /** The answers without labels to a text, the oldest first. */
  synchronized List<Question.Failed> failed(String key) {
    return List.copyOf(failed.getOrDefault(key, List.of()));
  }

  private void failed(KeptAnswer answer) {
    failed
        .computeIfAbsent(answer.text(), key -> new ArrayList<>())
        .add(new Question.Failed(answer.raw().text(), Optional.ofNullable(answer.refused()).get()));
  }

  /** Writes an answer down. */
  synchronized void keep(KeptAnswer answer) {
    lines.append(answer.line(Instant.now().truncatedTo(ChronoUnit.MILLIS).toString()));
    if (answer.refused() == null) {
      fresh.put(answer.text(), answer.forgetting());
    } else {
      failed(answer);
    }
  }

  /** Makes all lines outlast the machine too. */
  synchronized void force() {
    try {
      channel.force(false);
    } catch (IOException e) {
      throw FileProblem.writing(file, e);
    }
  }

  /** What the answers cost that were there when it was opened. */
  public Tally before() {
    return before;
  }

  @Override
  public void close() {
    try {
      channel.close(); // and with it the lock
    } catch (IOException e) {
      throw FileProblem.writing(file, e);
    }
  }
}

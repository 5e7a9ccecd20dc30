package io.gnomon.answer;

import io.gnomon.checkpoint.FileProblem;
import io.gnomon.checkpoint.FolderLock;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The answers kept under one key: all files of its folder, read as one table from batch number to
 * g, and one of them to append to once {@link #claim} has given it.
 *
 * <p>A run whose file another holds does not wait: it reads what that one appends, and asks the
 * teacher where it is ahead.
 */
public final class AnswerTable implements AutoCloseable {
  private static final String HEADER = "header.json";

  private final Path folder;
  private final AnswerKey key;
  private final long batches;
  private final Map<Shard, AnswerFile> files = new TreeMap<>(Comparator.comparing(Shard::folder));
  private @Nullable AnswerFile own;
  private @Nullable FolderLock lock;

  private AnswerTable(Path folder, AnswerKey key, long batches) {
    this.folder = folder;
    this.key = key;
    this.batches = batches;
  }

  /**
   * Opens what is kept, which may be nothing; nothing is made on the disk.
   *
   * @param root folder of all tables
   * @param batches how many are wanted, numbered from 0; more may be there
   * @throws InputException when a file is damaged or of another key
   */
  public static AnswerTable open(Path root, AnswerKey key, long batches) {
    AnswerTable table = new AnswerTable(root.resolve(key.hash()), key, batches);
    try {
      table.refuseForeign();
      table.refresh();
      return table;
    } catch (RuntimeException e) {
      table.close();
      throw e;
    }
  }

  private void refuseForeign() {
    Path header = folder.resolve(HEADER);
    if (!Files.exists(header)) {
      return;
    }
    String difference;
    try {
      difference = key.difference(Files.readString(header));
    } catch (IOException e) {
      throw FileProblem.reading(header, e);
    } catch (RuntimeException e) {
      difference = "a JSON object, found other text";
    }
    if (!difference.isEmpty()) {
      throw new InputException(
          header
              + ": expected "
              + difference
              + "; move the folder back where it belongs, or delete it and the teacher is asked"
              + " anew");
    }
  }

  /** Takes in what was appended since, by this process or another. */
  void refresh() {
    for (Shard shard : present()) {
      AnswerFile file = files.get(shard);
      if (file == null) {
        files.put(shard, AnswerFile.read(file(shard), key));
      } else if (file != own) {
        file.refresh();
      }
    }
  }

  /** Shares that have a file. */
  List<Shard> present() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(AnswerFile::in)
          .flatMap(entry -> Shard.named(entry.getFileName().toString()).stream())
          .toList();
    } catch (IOException e) {
      throw FileProblem.reading(folder, e);
    }
  }

  /** Where the answers of a share lie. */
  Path file(Shard shard) {
    return folder.resolve(shard.folder()).resolve(AnswerFile.NAME);
  }

  /** Where the answers lie. */
  public Path folder() {
    return folder;
  }

  /** What they depend on. */
  public AnswerKey key() {
    return key;
  }

  /** Numbers of all batches that are here, wanted or not, rising. */
  long[] numbers() {
    return files.values().stream()
        .flatMap(file -> file.numbers().stream())
        .mapToLong(Long::longValue)
        .distinct()
        .sorted()
        .toArray();
  }

  /** How many batches are wanted. */
  public long batches() {
    return batches;
  }

  /** Numbers of the batches of {@code shard} that are wanted and not here, rising. */
  public long[] missing(Shard shard) {
    return LongStream.range(0, batches)
        .filter(number -> shard.holds(number) && holder(number) == null)
        .toArray();
  }

  /** Whether no wanted batch is missing. */
  public boolean complete() {
    return missing(Shard.WHOLE).length == 0;
  }

  /** The file that has a batch; null when none has. */
  @Nullable AnswerFile holder(long number) {
    for (AnswerFile file : files.values()) {
      if (file.has(number)) {
        return file;
      }
    }
    return null;
  }

  /**
   * The answers to batch {@code number}, also where another process appended them just now.
   *
   * @return B × K numbers, row by row; rows that a smaller batch lacks are 0
   * @throws InputException when they are damaged
   */
  public Optional<float[]> find(long number) {
    AnswerFile holder = holder(number);
    if (holder == null) {
      refresh();
      holder = holder(number);
    }
    return holder == null ? Optional.empty() : Optional.of(holder.get(number));
  }

  /**
   * Takes the file of {@code shard} to append to.
   *
   * @return false when another run is appending to it
   * @throws InputException when it cannot be written
   */
  public boolean claim(Shard shard) {
    Optional<FolderLock> taken = FolderLock.tryAcquire(folder.resolve(shard.folder()));
    if (taken.isEmpty()) {
      return false;
    }
    lock = taken.get();
    writeHeader();
    AnswerFile file = AnswerFile.append(file(shard), key);
    AnswerFile before = files.put(shard, file);
    own = file;
    if (before != null) {
      before.close();
    }
    refresh();
    return true;
  }

  /** Under a name of its own first: the writers of several shards may begin at once. */
  private void writeHeader() {
    Path header = folder.resolve(HEADER);
    if (Files.exists(header)) {
      return;
    }
    try {
      Path aside = Files.createTempFile(folder, "header", ".tmp");
      Files.writeString(aside, key.header());
      Files.move(aside, header, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw FileProblem.writing(header, e);
    }
  }

  /** Whether this table may be appended to. */
  public boolean claimed() {
    return own != null;
  }

  /**
   * Appends the answers to a batch; without a claim nothing happens. An answer that is not finite
   * stops the run that got it, and is none to keep.
   *
   * @param answers up to B × K numbers, row by row
   * @throws InputException when the disk is full, among other reasons; the file stays whole
   */
  public void keep(long number, float[] answers) {
    if (own != null && !own.has(number) && finite(answers)) {
      own.put(number, answers);
    }
  }

  /** Whether no number is NaN or infinite. */
  public static boolean finite(float[] answers) {
    for (float answer : answers) {
      if (!Float.isFinite(answer)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Puts what all files hold into one, by rising number, and removes the others.
   *
   * @throws InputException when a wanted batch is missing, or another run is appending
   */
  public void merge() {
    new AnswerMerge(this).run();
    refresh();
  }

  /**
   * Makes sure that no wanted batch is missing.
   *
   * @throws InputException when one is
   */
  public void requireComplete() {
    new AnswerMerge(this).requireComplete();
  }

  /** Lets every file go; {@link #refresh} opens them again. */
  void closeFiles() {
    files.values().forEach(AnswerFile::close);
    files.clear();
    own = null;
  }

  @Override
  public void close() {
    try {
      closeFiles();
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }
}

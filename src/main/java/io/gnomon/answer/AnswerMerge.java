package io.gnomon.answer;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.FileProblem;
import io.gnomon.checkpoint.FolderLock;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * A table's files put into one. The new file is complete in its place before the first old one
 * goes: cut short at any time, every answer is there, some of them twice.
 */
final class AnswerMerge {
  private final AnswerTable table;

  AnswerMerge(AnswerTable table) {
    this.table = table;
  }

  void run() {
    List<Shard> parts = table.present().stream().filter(part -> !part.whole()).toList();
    List<FolderLock> locks = new ArrayList<>();
    try {
      locks.add(FolderLock.acquire(table.folder().resolve(Shard.WHOLE.folder())));
      parts.forEach(part -> locks.add(FolderLock.acquire(table.folder().resolve(part.folder()))));
      table.refresh();
      requireComplete();
      if (!parts.isEmpty()) {
        write();
        table.closeFiles();
        delete(parts);
      }
    } finally {
      locks.forEach(FolderLock::close);
    }
    deleteFolders(parts);
  }

  private void write() {
    AtomicFiles.write(
        table.file(Shard.WHOLE),
        out -> {
          AnswerFile.writePreamble(table.key(), out);
          for (long number : table.numbers()) {
            AnswerFile holder = table.holder(number);
            if (holder != null) {
              holder.copy(number, out);
            }
          }
        });
  }

  private void delete(List<Shard> parts) {
    try {
      for (Shard part : parts) {
        Files.delete(table.file(part));
      }
    } catch (IOException e) {
      throw FileProblem.writing(table.folder(), e);
    }
  }

  /** Once their locks are gone from them. */
  private void deleteFolders(List<Shard> parts) {
    try {
      for (Shard part : parts) {
        Files.deleteIfExists(table.folder().resolve(part.folder()));
      }
    } catch (IOException e) {
      throw FileProblem.writing(table.folder(), e);
    }
  }

  void requireComplete() {
    long[] missing = table.missing(Shard.WHOLE);
    if (missing.length == 0) {
      return;
    }
    throw new InputException(
        String.format(
            "%s: expected the answers to all %d batches (%s), found %d (the first missing is %d);"
                + " run 'gnomon answer CONFIG%s', then merge again",
            table.folder(),
            table.batches(),
            table.key().inputs(),
            table.batches() - missing.length,
            missing[0],
            remedy(missing[0])));
  }

  /** The share that should have the batch, where all were cut alike. */
  private String remedy(long number) {
    int[] counts =
        table.present().stream()
            .filter(part -> !part.whole())
            .mapToInt(Shard::count)
            .distinct()
            .toArray();
    return counts.length == 1 ? " --shard " + new Shard((int) (number % counts[0]), counts[0]) : "";
  }
}

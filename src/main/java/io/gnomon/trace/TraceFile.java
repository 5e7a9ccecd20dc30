package io.gnomon.trace;

import io.gnomon.checkpoint.FileProblem;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code trace.jsonl}: a row a line, by rising step.
 *
 * <p>A row is appended in one write and forced to the disk before {@link #append} returns. A
 * process killed within that write leaves a last line without its newline: readers skip such a
 * line, and {@link #truncateAfter} cuts it off.
 */
public final class TraceFile {
  private final Path path;

  /**
   * @param path the file; it need not exist yet
   */
  public TraceFile(Path path) {
    this.path = path;
  }

  /**
   * Appends {@code row}. On resume {@link #truncateAfter} comes first, as a half-written line would
   * run into this one.
   *
   * @throws InputException when the file cannot be written
   */
  public void append(TraceRow row) {
    byte[] line = (TraceJson.write(row) + "\n").getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      append(channel, line);
    } catch (IOException e) {
      throw new InputException(
          "%s: cannot append the row of step %d (%s); free space or make it writable, then resume"
              .formatted(path, row.step(), e.getMessage()),
          e);
    }
  }

  /** The whole line or, on a full disk, nothing of it. */
  private static void append(FileChannel channel, byte[] line) throws IOException {
    long before = channel.size();
    try {
      ByteBuffer buffer = ByteBuffer.wrap(line);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(false);
    } catch (IOException e) {
      try {
        channel.truncate(before);
      } catch (IOException untidy) {
        e.addSuppressed(untidy); // readers skip half a line
      }
      throw e;
    }
  }

  /**
   * All complete rows.
   *
   * @throws InputException when the file is missing, or a line is no row or out of order
   */
  public List<TraceRow> read() {
    List<TraceRow> rows = new ArrayList<>();
    for (String line : completeLines()) {
      rows.add(parse(line, rows));
    }
    return rows;
  }

  /**
   * Cuts off every row past {@code step}, and a half-written last line: what a run resumed from the
   * checkpoint of {@code step} will write again. A missing file stays missing.
   *
   * @throws InputException as {@link #read}, or when the file cannot be written
   */
  public void truncateAfter(long step) {
    if (!Files.exists(path)) {
      return;
    }
    long keep = 0;
    List<TraceRow> rows = new ArrayList<>();
    for (String line : completeLines()) {
      rows.add(parse(line, rows));
      if (rows.get(rows.size() - 1).step() > step) {
        break;
      }
      keep += line.getBytes(StandardCharsets.UTF_8).length + 1;
    }
    cutTo(keep);
  }

  /**
   * Makes sure that the row of {@code step} is there: a run resumed behind it writes no earlier
   * one.
   *
   * @throws InputException as {@link #read}, or when there is no such row
   */
  public void require(long step) {
    if (!Files.exists(path) || read().stream().noneMatch(row -> row.step() == step)) {
      throw new InputException(
          ("%s: expected the rows up to step %d, which the saved state is behind, found"
                  + " fewer; restore the file, or delete the state and resume from the start")
              .formatted(path, step));
    }
  }

  private void cutTo(long length) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      // One operation of the file system: killed before or after it, the file holds whole rows.
      channel.truncate(length);
      channel.force(true);
    } catch (IOException e) {
      throw new InputException(
          "%s: cannot be cut back to resume (%s); make it writable".formatted(path, e.getMessage()),
          e);
    }
  }

  private TraceRow parse(String line, List<TraceRow> before) {
    String where = path + ":" + (before.size() + 1) + ": ";
    TraceRow row;
    try {
      row = TraceJson.read(line);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          where + "not a row of a trace: " + e.getMessage() + "; mend or delete the line", e);
    }
    long last = before.isEmpty() ? -1 : before.get(before.size() - 1).step();
    if (row.step() <= last) {
      throw new InputException(
          where
              + "expected a step after %d, found %d; delete the line or start the run anew"
                  .formatted(last, row.step()));
    }
    return row;
  }

  private List<String> completeLines() {
    try {
      String text = Files.readString(path);
      int end = text.lastIndexOf('\n');
      return end < 0 ? List.of() : List.of(text.substring(0, end).split("\n", -1));
    } catch (NoSuchFileException e) {
      throw new InputException(
          path + ": no such trace; give the folder of a run that gnomon run has written", e);
    } catch (IOException e) {
      throw FileProblem.reading(path, e);
    }
  }
}

package io.gnomon.sink;

import io.gnomon.sink.EventRecords.Kept;
import io.gnomon.trace.TraceRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/**
 * An event file of TensorBoard in the run's folder: an event a row. What a run that was resumed
 * finds there is kept as far as it is the trace's, and cut off behind that.
 */
final class TensorBoardFile implements TraceSink {
  /** TensorBoard reads every file of which the name has {@code tfevents} in it. */
  static final String NAME = "events.out.tfevents.gnomon";

  private static final double MILLIS = 1000;

  private final Path file;
  private int written = -1;
  private long end;

  TensorBoardFile(Path file) {
    this.file = file;
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public void update(List<TraceRow> rows) throws IOException {
    if (written < 0 || !Files.exists(file)) {
      compare(rows);
    }
    ByteArrayOutputStream more = new ByteArrayOutputStream();
    double now = System.currentTimeMillis() / MILLIS;
    if (end == 0) {
      more.writeBytes(EventRecords.write(ScalarEvent.version(now)));
    }
    for (TraceRow row : rows.subList(written, rows.size())) {
      more.writeBytes(EventRecords.write(ScalarEvent.of(row, now)));
    }
    append(more.toByteArray());
    written = rows.size();
  }

  @Override
  public void end(List<TraceRow> rows, Ending ending) throws IOException {
    update(rows);
  }

  /** Finds how many of the rows the file begins with. */
  private void compare(List<TraceRow> rows) throws IOException {
    List<Kept> kept = Files.exists(file) ? EventRecords.read(Files.readAllBytes(file)) : List.of();
    written = 0;
    end = kept.isEmpty() ? 0 : kept.get(0).end();
    while (written < rows.size()
        && written + 1 < kept.size()
        && same(kept.get(written + 1).data(), ScalarEvent.of(rows.get(written), 0))) {
      written++;
      end = kept.get(written).end();
    }
  }

  private static boolean same(byte[] a, byte[] b) {
    int time = ScalarEvent.TIME;
    return a.length >= time && Arrays.equals(a, time, a.length, b, time, b.length);
  }

  /** Cuts off what is behind the last event known: an earlier attempt may have left half of one. */
  private void append(byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.truncate(end).position(end);
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(false);
      end += bytes.length;
    }
  }
}

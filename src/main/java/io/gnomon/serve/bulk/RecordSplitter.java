package io.gnomon.serve.bulk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes cut into rows, so that what is wrong within one row spoils no other. A row is a line; where
 * quotes count, a line break within them belongs to the row. A quote that is never closed would
 * take all that follows with it: then the row is its first line alone.
 */
final class RecordSplitter {
  private static final int BUFFER = 1 << 16;
  private static final int END = -1;

  /** Where in a row a byte stands. */
  private enum State {
    FIELD_START,
    PLAIN,
    QUOTED,
    QUOTE_IN_QUOTES
  }

  /**
   * A row.
   *
   * @param line at which it begins, from 1
   * @param bytes without the line break; empty where the row is not whole
   * @param whole whether it is within the limit
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
  record Raw(long line, byte[] bytes, boolean whole) {}

  private final InputStream in;
  private final int longest;
  private final RowFormat format;
  private byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;
  private long read;
  private long line;

  RecordSplitter(InputStream in, int longest, RowFormat format) {
    this(in, longest, format, 0, 0);
  }

  /**
   * From within a file.
   *
   * @param in stands at the beginning of a line
   * @param offset bytes before it
   * @param lines lines before it
   */
  RecordSplitter(InputStream in, int longest, RowFormat format, long offset, long lines) {
    this.in = in;
    this.longest = longest;
    this.format = format;
    this.read = offset;
    this.line = lines + 1;
  }

  /** Lines that begin before the next row. */
  long lines() {
    return line - 1;
  }

  /** Bytes of the file before the next row. */
  long position() {
    return read - (end - at);
  }

  /** The next row, or null behind the last. */
  @Nullable Raw next() throws IOException {
    boolean first = position() == 0;
    ByteArrayOutputStream row = new ByteArrayOutputStream();
    State state = State.FIELD_START;
    int next = read();
    if (next == END) {
      return null;
    }
    while (next != END && (next != '\n' || state == State.QUOTED)) {
      state = format.quotes() ? after(state, next) : State.PLAIN;
      row.write(next);
      if (row.size() > longest + 1) { // one more for the \r of a line break
        return tooLong(row.toByteArray(), state);
      }
      next = read();
    }
    return state == State.QUOTED ? unclosed(row.toByteArray()) : whole(row.toByteArray(), first);
  }

  private State after(State state, int next) {
    if (state == State.QUOTED) {
      return next == '"' ? State.QUOTE_IN_QUOTES : State.QUOTED;
    }
    if (next == '"' && state != State.PLAIN) {
      return State.QUOTED;
    }
    return next == format.separator() ? State.FIELD_START : State.PLAIN;
  }

  private Raw tooLong(byte[] row, State state) throws IOException {
    if (state == State.QUOTED && lineBreak(row) >= 0) {
      return unclosed(row);
    }
    int next = read();
    while (next != END && next != '\n') {
      next = read();
    }
    return counted(new byte[0], 1, false);
  }

  /** Gives the first line alone, and has the others read again. */
  private Raw unclosed(byte[] row) {
    int cut = lineBreak(row);
    if (cut < 0) {
      return whole(row, false);
    }
    unread(Arrays.copyOfRange(row, cut + 1, row.length));
    return whole(Arrays.copyOf(row, cut), false);
  }

  private Raw whole(byte[] row, boolean first) {
    int from = first && startsWithMark(row) ? 3 : 0;
    int to = row.length > from && row[row.length - 1] == '\r' ? row.length - 1 : row.length;
    int lines = 1;
    for (byte next : row) {
      lines += next == '\n' ? 1 : 0;
    }
    boolean fits = to - from <= longest;
    return counted(fits ? Arrays.copyOfRange(row, from, to) : new byte[0], lines, fits);
  }

  private Raw counted(byte[] bytes, int lines, boolean whole) {
    Raw raw = new Raw(line, bytes, whole);
    line += lines;
    return raw;
  }

  private static boolean startsWithMark(byte[] row) {
    return row.length >= 3
        && row[0] == (byte) 0xEF
        && row[1] == (byte) 0xBB
        && row[2] == (byte) 0xBF;
  }

  private static int lineBreak(byte[] row) {
    for (int i = 0; i < row.length; i++) {
      if (row[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void unread(byte[] bytes) {
    byte[] joined = Arrays.copyOf(bytes, bytes.length + end - at);
    System.arraycopy(buffer, at, joined, bytes.length, end - at);
    buffer = joined;
    at = 0;
    end = joined.length;
  }

  private int read() throws IOException {
    if (at == end) {
      if (buffer.length != BUFFER) {
        buffer = new byte[BUFFER];
      }
      at = 0;
      end = Math.max(0, in.read(buffer));
      read += end;
      if (end == 0) {
        return END;
      }
    }
    return buffer[at++] & 0xFF;
  }
}

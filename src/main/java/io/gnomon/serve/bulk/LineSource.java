package io.gnomon.serve.bulk;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** Rows of text, CSV, TSV or JSONL. */
public final class LineSource implements RowSource {
  private final String name;
  private final InputStream in;
  private final RecordSplitter records;
  private final Columns columns;
  private final RowParser parser;
  private final long end;
  private long row;

  private LineSource(BulkInput input, InputStream in, Columns columns) throws IOException {
    this.name = input.name();
    this.in = in;
    this.records = new RecordSplitter(in, columns.longest(), input.format());
    this.columns = columns;
    this.end = Long.MAX_VALUE;
    this.parser = parser(input);
  }

  private LineSource(InputStream in, Columns columns, Place before, long begin, long end) {
    this.name = before.file();
    this.in = in;
    this.records = new RecordSplitter(in, columns.longest(), RowFormat.JSONL, begin, before.line());
    this.columns = columns;
    this.parser = new JsonLines(columns);
    this.end = end;
    this.row = before.row();
  }

  /**
   * JSON lines from within a file, closed with this.
   *
   * @param in stands at the beginning of a line
   * @param before file, rows and lines before it
   * @param begin bytes before it
   * @param end only lines that begin before this byte are read
   */
  public static LineSource within(
      InputStream in, Columns columns, Place before, long begin, long end) {
    return new LineSource(in, columns, before, begin, end);
  }

  static LineSource open(BulkInput input, Columns columns, InputStream standard) {
    try {
      InputStream in = input.path() == null ? standard : Files.newInputStream(input.path());
      try {
        return new LineSource(input, in, columns);
      } catch (RuntimeException | IOException e) {
        in.close();
        throw e;
      }
    } catch (IOException e) {
      throw FileTrouble.reading(input.name(), e);
    }
  }

  private RowParser parser(BulkInput input) throws IOException {
    return switch (input.format()) {
      case TEXT, PARQUET -> new TextLines(columns);
      case JSONL -> new JsonLines(columns);
      case CSV, TSV -> new DelimitedLines(input.format(), name + ":1", header(), columns);
    };
  }

  private String header() throws IOException {
    RecordSplitter.Raw raw = records.next();
    try {
      if (raw != null && raw.whole() && raw.bytes().length > 0) {
        return text(raw.bytes());
      }
    } catch (CharacterCodingException e) {
      throw new InputException(
          name + ":1: expected a header in UTF-8, found other bytes; save it as UTF-8", e);
    }
    throw new InputException(
        name + ":1: expected a header that names the columns, found none; add it, or give --from");
  }

  private static String text(byte[] bytes) throws CharacterCodingException {
    // A decoder of its own is strict: it replaces nothing.
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  @Override
  public @Nullable InputRow next() {
    try {
      RecordSplitter.Raw raw = raw();
      while (raw != null && raw.whole() && raw.bytes().length == 0 && parser.skipsEmpty()) {
        raw = raw();
      }
      return raw == null ? null : row(new Place(name, ++row, raw.line()), raw);
    } catch (IOException e) {
      throw FileTrouble.reading(name, e);
    }
  }

  private RecordSplitter.@Nullable Raw raw() throws IOException {
    return records.position() < end ? records.next() : null;
  }

  private InputRow row(Place place, RecordSplitter.Raw raw) {
    if (!raw.whole()) {
      return new InputRow.Rejected(
          place, "expected at most " + columns.longest() + " bytes, found more");
    }
    try {
      return parser.parse(place, text(raw.bytes()));
    } catch (CharacterCodingException e) {
      return new InputRow.Rejected(place, "expected UTF-8, found bytes that are none");
    }
  }

  /** Lines passed so far, empty ones too. */
  public long lines() {
    return records.lines();
  }

  @Override
  public long position() {
    return records.position();
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw FileTrouble.reading(name, e);
    }
  }
}

package io.gnomon.serve.bulk;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;

/** Rows of JSON to a Parquet file, which cannot be written piece by piece. */
final class ParquetFile {
  /** Of one object: a row of {@link Columns#MOST} bytes, escaped, beside its labels. */
  private static final int OBJECT = 1 << 24;

  private ParquetFile() {}

  /** Writes {@code target} from JSON lines of that layout. */
  static void write(Path lines, Path target, Layout layout) {
    String columns =
        layout.types().entrySet().stream()
            .map(type -> DuckDb.text(type.getKey()) + ": " + DuckDb.text(type.getValue()))
            .collect(Collectors.joining(", "));
    try (Connection duckdb = DuckDb.open();
        Statement statement = duckdb.createStatement()) {
      statement.execute(
          "COPY (SELECT * FROM read_json(%s, format = 'newline_delimited', maximum_object_size = %d, columns = {%s})) TO %s (FORMAT parquet)"
              .formatted(
                  DuckDb.text(lines.toString()), OBJECT, columns, DuckDb.text(target.toString())));
    } catch (SQLException e) {
      throw new InputException(
          target
              + ": cannot be written: "
              + FileTrouble.firstLine(e)
              + "; make room, then go on with --resume",
          e);
    }
    force(target);
  }

  private static void force(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    } catch (IOException e) {
      throw FileTrouble.writing(file, e);
    }
  }
}

package io.gnomon.serve.bulk;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of a Parquet file, in its order. */
final class ParquetSource implements RowSource {
  private final BulkInput input;
  private final Columns columns;
  private final Connection duckdb;
  private final ResultSet rows;
  private final long count;
  private long row;

  private ParquetSource(BulkInput input, Columns columns, Connection duckdb) throws SQLException {
    this.input = input;
    this.columns = columns;
    this.duckdb = duckdb;
    String from = " FROM read_parquet(" + DuckDb.text(input.name()) + ")";
    check(from);
    this.count = count(from);
    String names = columns.all().stream().map(DuckDb::name).collect(Collectors.joining(", "));
    this.rows = duckdb.createStatement().executeQuery("SELECT " + names + from);
  }

  static ParquetSource open(BulkInput input, Columns columns) {
    try {
      Connection duckdb = DuckDb.open();
      try {
        return new ParquetSource(input, columns, duckdb);
      } catch (RuntimeException | SQLException e) {
        duckdb.close();
        throw e;
      }
    } catch (SQLException e) {
      throw FileTrouble.parquet(input.name(), e);
    }
  }

  private void check(String from) throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    try (Statement statement = duckdb.createStatement();
        ResultSet found = statement.executeQuery("DESCRIBE SELECT *" + from)) {
      while (found.next()) {
        types.put(found.getString("column_name"), found.getString("column_type"));
      }
    }
    for (String name : columns.all()) {
      if (!types.containsKey(name)) {
        throw Columns.missing(input.name(), name, List.copyOf(types.keySet()));
      }
    }
    if (!"VARCHAR".equals(types.get(columns.text()))) {
      throw columns.noTexts(input.name(), String.valueOf(types.get(columns.text())));
    }
  }

  private long count(String from) throws SQLException {
    try (Statement statement = duckdb.createStatement();
        ResultSet found = statement.executeQuery("SELECT count(*)" + from)) {
      found.next();
      return found.getLong(1);
    }
  }

  @Override
  public @Nullable InputRow next() {
    try {
      return rows.next() ? row(new Place(input.name(), ++row, 0)) : null;
    } catch (SQLException e) {
      throw FileTrouble.parquet(input.name(), e);
    }
  }

  private InputRow row(Place place) throws SQLException {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 1; i <= columns.all().size(); i++) {
      values.add(rows.getObject(i));
    }
    return ColumnValues.row(place, columns, values);
  }

  /** As if all rows took the same of the file. */
  @Override
  public long position() {
    return count == 0 ? input.size() : (long) (input.size() * ((double) row / count));
  }

  @Override
  public void close() {
    try {
      duckdb.close();
    } catch (SQLException e) {
      throw FileTrouble.parquet(input.name(), e);
    }
  }
}

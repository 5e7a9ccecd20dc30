package io.gnomon.data;

import io.gnomon.config.InputException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows of a Parquet file, read by DuckDB in the file's order; places are row numbers from 1. */
final class ParquetTable {
  private ParquetTable() {}

  static List<Row> read(TableFile file, String text, String label) {
    String from = " FROM read_parquet('" + file.path().toString().replace("'", "''") + "')";
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      List<String> columns = columns(statement, "DESCRIBE SELECT *" + from);
      for (String column : List.of(text, label)) {
        if (!columns.contains(column)) {
          throw TableReader.unknownColumn(file.path().toString(), column, columns);
        }
      }
      return rows(
          statement,
          "SELECT " + quoted(text) + ", " + quoted(label) + from,
          file.path() + ", row ");
    } catch (SQLException e) {
      throw new InputException(
          file.path()
              + ": expected a Parquet file, found: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + "; check the file, or set format: to what it is",
          e);
    }
  }

  private static List<String> columns(Statement statement, String query) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        columns.add(result.getString("column_name"));
      }
    }
    return columns;
  }

  private static List<Row> rows(Statement statement, String query, String place)
      throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        String text = result.getString(1);
        rows.add(
            TableReader.row(
                place + (rows.size() + 1), text == null ? "" : text, labels(result.getObject(2))));
      }
    }
    return rows;
  }

  private static List<String> labels(@Nullable Object value) throws SQLException {
    if (value instanceof Array list) {
      return Stream.of((Object[]) list.getArray()).map(ParquetTable::name).toList();
    }
    return List.of(name(value));
  }

  private static String name(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static String quoted(String column) {
    return '"' + column.replace("\"", "\"\"") + '"';
  }
}

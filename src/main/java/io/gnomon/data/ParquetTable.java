package io.gnomon.data;

import io.gnomon.config.InputException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Rows of a Parquet file, read by DuckDB in the file's order; places are row numbers from 1. */
final class ParquetTable {
  private ParquetTable() {}

  static List<Row> read(TableFile file, String text, String label) {
    String from = from(file);
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
      throw unreadable(file, e);
    }
  }

  /** All columns of each row, by name, in the file's order. */
  static List<Map<String, JsonNode>> objects(TableFile file) {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      List<String> columns = columns(statement, "DESCRIBE SELECT *" + from(file));
      List<Map<String, JsonNode>> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery("SELECT *" + from(file))) {
        while (result.next()) {
          Map<String, JsonNode> row = new LinkedHashMap<>();
          for (int i = 0; i < columns.size(); i++) {
            row.put(columns.get(i), node(result.getObject(i + 1)));
          }
          rows.add(row);
        }
      }
      return rows;
    } catch (SQLException e) {
      throw unreadable(file, e);
    }
  }

  private static JsonNode node(@Nullable Object value) throws SQLException {
    if (value instanceof Array list) {
      ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
      for (Object element : (Object[]) list.getArray()) {
        nodes.add(node(element));
      }
      return nodes;
    }
    return JsonMapper.shared()
        .valueToTree(
            value == null || value instanceof Number || value instanceof Boolean
                ? value
                : value.toString());
  }

  private static String from(TableFile file) {
    return " FROM read_parquet('" + file.path().toString().replace("'", "''") + "')";
  }

  private static InputException unreadable(TableFile file, SQLException cause) {
    return new InputException(
        file.path()
            + ": expected a Parquet file, found: "
            + String.valueOf(cause.getMessage()).lines().findFirst().orElse("")
            + "; check the file, or set format: to what it is",
        cause);
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

package io.gnomon.serve.bulk;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** DuckDB in little memory, with results that are handed over as they come. */
final class DuckDb {
  private DuckDb() {}

  static Connection open() throws SQLException {
    Properties streaming = new Properties();
    streaming.setProperty("jdbc_stream_results", "true");
    Connection connection = DriverManager.getConnection("jdbc:duckdb:", streaming);
    try (Statement statement = connection.createStatement()) {
      // One thread: rows stay in order, and the same rows give the same bytes.
      statement.execute("SET threads = 1");
      statement.execute("SET memory_limit = '512MB'");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** A name of a column. */
  static String name(String column) {
    return '"' + column.replace("\"", "\"\"") + '"';
  }

  /** A text. */
  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}

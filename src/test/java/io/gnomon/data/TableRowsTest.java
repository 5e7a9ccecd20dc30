package io.gnomon.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.NullNode;

class TableRowsTest {
  @TempDir Path root;

  private List<TableRow> read(String name, String content) throws IOException {
    Files.writeString(root.resolve(name), content);
    return read(name, "text", null);
  }

  private List<TableRow> read(String name, String text, @Nullable String label) {
    return TableRows.read(root.resolve(name).toString(), new TableRows.Choice(null, text, label));
  }

  private static List<String> shown(List<TableRow> rows) {
    return rows.stream()
        .map(
            row -> row.number() + " " + row.text() + " " + row.labels() + " " + row.probabilities())
        .toList();
  }

  @Test
  void readsWhatLabelWrites() throws IOException {
    List<TableRow> rows =
        read(
            "l.jsonl",
            """
            {"row":1,"text":" a ","id":7,"labels":["x","y"],"probabilities":[0.5,0.25],"by":"teacher:t"}

            {"row":2,"text":"","labels":[],"by":null}
            {"row":3,"text":null,"labels":"x","probabilities":[0.5,0.5]}
            """);
    assertEquals(List.of("1 a [x, y] [0.5, 0.25]", "2  [] []", "3  [x] []"), shown(rows));
    assertEquals("teacher:t", rows.get(0).by());
    assertEquals(7, rows.get(0).columns().getOrDefault("id", NullNode.instance).asInt(0));
    assertEquals(root.resolve("l.jsonl") + ":3", rows.get(1).where());
  }

  @Test
  void aBarJoinsLabelsOnlyWhereLabelsAreSeveral() throws IOException {
    assertEquals(
        List.of("1 t [x, y] [0.75, 0.5]", "2 u [] []"),
        shown(read("l.csv", "text,labels,probabilities\nt,x|y,0.75|0.5\nu,,\n")));
    assertEquals(List.of("1 t [x|y] []"), shown(read("one.tsv", "text\tlabel\nt\tx|y\n")));
  }

  @Test
  void readsListsOfParquet() throws SQLException {
    Path file = root.resolve("l.parquet");
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute(
          "COPY (SELECT 't' AS body, ['x', 'y'] AS labels, [0.5, 0.25]::DOUBLE[] AS probabilities, 3 AS id)"
              + " TO '"
              + file
              + "' (FORMAT parquet)");
    }
    List<TableRow> rows = read("l.parquet", "body", null);
    assertEquals(List.of("1 t [x, y] [0.5, 0.25]"), shown(rows));
    assertEquals(3, rows.get(0).columns().getOrDefault("id", NullNode.instance).asInt(0));
  }

  @Test
  void saysWhatATableLacks() throws IOException {
    Files.writeString(root.resolve("a.csv"), "text,label\nt,x\n");
    Files.writeString(root.resolve("b.jsonl"), "{\"text\": 3, \"label\": \"x\"}\n");
    Files.writeString(root.resolve("c.csv"), "text,label\n");
    assertEquals(
        "a.csv:2: expected a column 'tag', found text, label; name the right ones with --text and --label",
        refusal("a.csv", "text", "tag"));
    assertEquals(
        "b.jsonl:1: expected a text under 'text', found NUMBER; mend or drop the row",
        refusal("b.jsonl", "text", null));
    assertEquals(
        "c.csv: expected at least one row, found none; give a table that has some",
        refusal("c.csv", "text", null));
  }

  private String refusal(String name, String text, @Nullable String label) {
    return assertThrows(InputException.class, () -> read(name, text, label))
        .toString()
        .replace(InputException.class.getName() + ": ", "")
        .replace(root + "/", "");
  }
}

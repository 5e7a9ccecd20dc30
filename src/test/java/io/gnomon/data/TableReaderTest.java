package io.gnomon.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.config.DataConfig;
import io.gnomon.config.DataConfig.Split;
import io.gnomon.config.DataConfig.Table.Format;
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

class TableReaderTest {
  private static final List<LabelledText> ROWS =
      List.of(
          new LabelledText("Good, \"really\"", List.of("yes")),
          new LabelledText("Bad", List.of("no")));

  @TempDir Path folder;

  @Test
  void csvAndTsvFollowTheQuotesOfRfc4180() throws IOException {
    Path csv = write("a.csv", "\uFEFFid,body,y\n1,\"Good, \"\"really\"\"\",yes\n2,Bad , no\n");
    assertEquals(ROWS, read(csv).rows());
    assertEquals(List.of("no", "yes"), read(csv).classes());
    assertEquals(csv + ":3", read(csv).where(1));
    Path tsv = write("a.tsv", "body\ty\n\"Good, \"\"really\"\"\"\tyes\nBad\tno\n");
    assertEquals(ROWS, read(tsv).rows());
  }

  @Test
  void jsonLinesTakeLabelsOfSeveralKinds() throws IOException {
    Path file =
        write(
            "a.jsonl",
            "{\"body\": \"Good\", \"y\": [\"yes\", \"sure\"]}\n\n{\"body\": \"Bad\", \"y\": 7}\n");
    assertEquals(
        List.of(
            new LabelledText("Good", List.of("yes", "sure")),
            new LabelledText("Bad", List.of("7"))),
        read(file).rows());
    assertEquals(file + ":3", read(file).where(1));
  }

  @Test
  void parquetGoesThroughDuckDb() throws SQLException {
    Path file =
        parquet("SELECT * FROM (VALUES ('Good', ['yes', 'sure']), ('Bad', ['no'])) t(body, y)");
    assertEquals(
        List.of(
            new LabelledText("Good", List.of("yes", "sure")),
            new LabelledText("Bad", List.of("no"))),
        read(file).rows());
    assertEquals(file + ", row 2", read(file).where(1));
    Path numbers = parquet("SELECT 'Good' AS body, 1 AS y");
    assertEquals(List.of(new LabelledText("Good", List.of("1"))), read(numbers).rows());
    Path empty = parquet("SELECT 'Good' AS body, NULL::VARCHAR AS y");
    assertEquals(
        empty + ", row 1: expected a label, found an empty one; mend or drop the row",
        Throwing.message(() -> read(empty)));
  }

  @Test
  void aFileThatIsNoParquetIsRefused() throws IOException {
    Path file = write("a.parquet", "body,y\nGood,yes\n");
    String message = Throwing.message(() -> read(file));
    assertTrue(message.startsWith(file + ": expected a Parquet file, found: "), message);
  }

  @Test
  void anUnknownColumnListsTheColumns() throws IOException, SQLException {
    String columns = "no column 'body', the columns are: text, y; name the right ones under text:";
    Path csv = write("a.csv", "text,y\nGood,yes\n");
    Path jsonl = write("a.jsonl", "{\"text\": \"Good\", \"y\": 1}\n");
    Path parquet = parquet("SELECT 'Good' AS text, 1 AS y");
    assertEquals(csv + ":1: " + columns + " and label:", Throwing.message(() -> read(csv)));
    assertEquals(jsonl + ":1: " + columns + " and label:", Throwing.message(() -> read(jsonl)));
    assertEquals(parquet + ": " + columns + " and label:", Throwing.message(() -> read(parquet)));
  }

  @Test
  void badRowsAreNamedByFileAndLine() throws IOException {
    Path ragged = write("ragged.csv", "body,y\nGood,yes\nBad\n");
    assertEquals(
        ragged + ":3: expected 2 columns as in the header, found 1; mend or drop the row",
        Throwing.message(() -> read(ragged)));
    Path blank = write("blank.csv", "body,y\n\" \",yes\n");
    assertEquals(
        blank + ":2: expected a text, found an empty one; mend or drop the row",
        Throwing.message(() -> read(blank)));
    Path quote = write("quote.csv", "body,y\nGood,yes\n\"Bad\" x,no\n");
    assertTrue(
        Throwing.message(() -> read(quote))
            .startsWith("after " + quote + ":2: expected a field in balanced double quotes"));
    Path open = write("open.csv", "body,y\nGood,yes\n\"Bad,no\n");
    assertTrue(Throwing.message(() -> read(open)).startsWith("after " + open + ":2: "));
    Path json = write("bad.jsonl", "{\"body\": \"Good\", \"y\": 1}\n{\"body\": \n");
    assertTrue(
        Throwing.message(() -> read(json))
            .startsWith(json + ":2: expected one JSON object on the line, found: "));
    Path number = write("number.jsonl", "{\"body\": 3, \"y\": 1}\n");
    assertEquals(
        number + ":1: expected a text under 'body', found NUMBER; mend or drop the row",
        Throwing.message(() -> read(number)));
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() throws IOException {
    for (String name : List.of("latin.csv", "latin.jsonl")) {
      Path file = folder.resolve(name);
      Files.write(file, new byte[] {'b', (byte) 0xE9, '\n'});
      assertEquals(
          file + ": expected UTF-8 text, found: bytes that are not UTF-8; save it as UTF-8",
          Throwing.message(() -> read(file)));
    }
  }

  @Test
  void anEmptyFileHasNoRows() throws IOException {
    for (String name : List.of("a.csv", "a.jsonl")) {
      Path file = write(name, "");
      assertEquals(
          name
              + " ("
              + file
              + "): expected at least one labelled text, found no rows; give a set that has some",
          Throwing.message(() -> read(file)));
    }
  }

  @Test
  void theEndingTellsTheFormatUnlessOneIsGiven() throws IOException {
    Path file = write("a.txt", "body,y\nGood,yes\n");
    assertEquals(1, read(file.toString(), Format.CSV).size());
    assertEquals(
        file
            + ": the ending does not tell the format; expected .csv, .tsv, .jsonl or .parquet, or"
            + " set format: csv | tsv | jsonl | parquet",
        Throwing.message(() -> read(file)));
  }

  @Test
  void aTableThatIsNowhereSaysWhatIsTaken() {
    String message = Throwing.message(() -> read("data/none.csv", null));
    assertTrue(message.startsWith("table not found at data/none.csv (looked in "), message);
    assertEquals(
        "data path 'embedded:none.tsv': no table of that name ships with Gnomon; those that do:"
            + " embedded:goemotions-slice.tsv",
        Throwing.message(() -> read("embedded:none.tsv", null)));
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private Path parquet(String query) throws SQLException {
    Path file = folder.resolve("it's " + query.hashCode() + ".parquet");
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute(
          "COPY (" + query + ") TO '" + file.toString().replace("'", "''") + "' (FORMAT parquet)");
    }
    return file;
  }

  private static LabelledSet read(Path file) {
    return read(file.toString(), null);
  }

  private static LabelledSet read(String path, @Nullable Format format) {
    return LabelledSets.read(
        new DataConfig.Table(path, Split.TEST, "body", "y", format, "unknown"));
  }
}

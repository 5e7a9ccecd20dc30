package io.gnomon.spark.tag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.Messages;
import io.gnomon.TinyRun;
import io.gnomon.cli.Console;
import io.gnomon.cli.ExitCode;
import io.gnomon.cli.Main;
import io.gnomon.config.InputException;
import io.gnomon.export.ExportPrecision;
import io.gnomon.export.Exports;
import io.gnomon.serve.Tagger;
import io.gnomon.serve.TaggerOptions;
import io.gnomon.serve.bulk.Columns;
import io.gnomon.serve.bulk.RowFormat;
import io.gnomon.spark.LocalSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dataset on Spark beside {@code gnomon tag} on the same files. */
class DatasetTaggingTest {
  private static final TaggerOptions ONE_THREAD = TaggerOptions.defaults().withThreads(1);

  /** Three blocks of rows, the last of them not whole. */
  private static final int ROWS = 9500;

  @TempDir static Path models;
  private static Path single = Path.of("");
  private static Path several = Path.of("");
  private static SparkSession spark = LocalSpark.open();

  @TempDir Path root;

  @BeforeAll
  static void export() {
    TinyRun run = TinyRun.write(models.resolve("single"), 14, false);
    single = Exports.onnx(run, ExportPrecision.FP32, models.resolve("onnx"));
    TinyRun labels = TinyRun.write(models.resolve("several"), 14, true);
    several = Exports.onnx(labels, ExportPrecision.FP32, models.resolve("labels"));
  }

  @AfterAll
  static void stop() throws IOException {
    spark.close();
  }

  /** Rows of all lengths, among them blank lines, breaks of Windows and all that is no row. */
  private static byte[] jsonLines(int from, int rows) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = from; i < from + rows; i++) {
      String text = "film " + i + " is good".repeat(i * 31 % 7) + " bad".repeat(i * 17 % 5);
      String line =
          switch (i % 997) {
            case 3 -> "{broken\n";
            case 5 -> "{\"id\": 7}\n";
            case 7 -> "\n\n{\"text\": \"" + text + "\"}\r\n";
            case 11 -> "{\"text\": \"" + "long ".repeat(500) + "\"}\n";
            case 13 -> "[\"" + text + "\"]\n";
            case 17 -> "{\"text\": \"\ud83d\ude00 \u00e9t\u00e9\", \"id\": {\"a\": [1.0, null]}}\n";
            case 19 -> "{\"text\": \"" + text + "\", \"id\": \"a \\\"b\\\"\"}\n";
            case 23 -> "{\"text\": \"" + text + "\", \"id\": true}\n";
            case 29 -> "{\"text\": \"" + text + "\", \"id\": 2.50}\n";
            default -> "{\"text\": \"" + text + "\", \"id\": " + i + "}\n";
          };
      bytes.writeBytes(line.getBytes(StandardCharsets.UTF_8));
      if (i % 997 == 31) {
        bytes.writeBytes(new byte[] {'{', '"', (byte) 0xFC, '"', '}', '\n'});
      }
    }
    return bytes.toByteArray();
  }

  private static void tag(Path model, Object... words) {
    List<String> line = new ArrayList<>(List.of("tag", model.toString(), "--threads", "1"));
    Arrays.stream(words).map(Object::toString).forEach(line::add);
    StringWriter said = new StringWriter();
    Console console = Console.of(new PrintWriter(said), new PrintWriter(said));
    assertEquals(ExitCode.OK, Main.run(console, line.toArray(String[]::new)), said::toString);
  }

  private DatasetRequest request(Path model, String out, long split, Object... inputs) {
    RowFormat to = RowFormat.ofName(out).orElseThrow();
    return new DatasetRequest(
        model,
        ONE_THREAD,
        Arrays.stream(inputs).map(Object::toString).toList(),
        null,
        new Columns("text", List.of("id", "text"), 2000),
        root.resolve(out).toString(),
        to,
        null,
        false,
        split);
  }

  private static DatasetTagging.Outcome run(DatasetRequest request) {
    return new DatasetTagging(spark, request).run();
  }

  /** The parts of a folder, one after the other. */
  private static String parts(Path folder) throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path part : partFiles(folder)) {
      all.append(Files.readString(part));
    }
    return all.toString();
  }

  private static List<Path> partFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("part-"))
          .sorted()
          .toList();
    }
  }

  /** One file cut anywhere, within lines too; each part of the output has rows of its own. */
  @Test
  void theRowsAreThoseOfOneMachine() throws IOException {
    Path in = Files.write(root.resolve("in.jsonl"), jsonLines(0, ROWS));
    Path one = root.resolve("one.jsonl");
    tag(single, in, "--keep", "id,text", "--longest", "2000", "-o", one);
    int before = ModelCopy.opened();
    DatasetTagging.Outcome outcome = run(request(single, "many.jsonl", 100_003, in));
    assertEquals(before + 1, ModelCopy.opened(), "models opened by one executor");
    assertEquals(3, partFiles(root.resolve("many.jsonl")).size());
    assertEquals(Files.readString(one), parts(root.resolve("many.jsonl")));
    String side = Files.readString(root.resolve("one.jsonl.rejected.jsonl"));
    assertEquals(side, parts(root.resolve("many.jsonl.rejected.jsonl")));
    assertEquals(side.lines().count(), outcome.rejected());
    assertEquals(Files.readString(one).lines().count(), outcome.tagged());
    assertTrue(outcome.rejected() > 40, () -> "only " + outcome.rejected());
  }

  /** Several files and sets of labels, into the columns that one file has. */
  @Test
  void parquetHasTheSameColumnsAndValues() throws IOException, SQLException {
    for (int i = 0; i < 3; i++) {
      Files.write(root.resolve("in-" + i + ".jsonl"), jsonLines(i * 997, 60));
    }
    Path in = root.resolve("in-*.jsonl");
    Path one = root.resolve("one.parquet");
    List<Object> line =
        new ArrayList<>(List.of(in, "--keep", "id,text", "--longest", "2000", "-o", one));
    TaggerOptions options = ONE_THREAD;
    for (Map.Entry<String, Double> label : halves().entrySet()) {
      options = options.withThreshold(label.getKey(), label.getValue());
      line.addAll(List.of("--threshold", label.getKey() + "=" + label.getValue()));
    }
    tag(several, line.toArray());
    DatasetRequest asked = request(several, "many.parquet", 4_999, in);
    run(
        new DatasetRequest(
            several,
            options,
            asked.inputs(),
            null,
            asked.columns(),
            asked.output(),
            RowFormat.PARQUET,
            null,
            false,
            asked.split()));
    assertEquals(described(one.toString()), described(root.resolve("many.parquet") + "/*.parquet"));
    List<String> rows = rows(one.toString());
    assertEquals(rows, rows(root.resolve("many.parquet") + "/*.parquet"));
    assertTrue(rows.stream().anyMatch(row -> row.contains("[]")), "no text is without a label");
    assertTrue(rows.stream().anyMatch(row -> row.matches(".*\\[\\w+, \\w+.*")), "none has two");
  }

  /** For each label a threshold that about half of the texts reach. */
  private static Map<String, Double> halves() {
    List<String> texts =
        IntStream.range(0, 60).mapToObj(i -> "film " + i + " bad".repeat(i * 17 % 5)).toList();
    Map<String, Double> halves = new LinkedHashMap<>();
    try (Tagger tagger = Tagger.load(several, ONE_THREAD)) {
      double[][] p = tagger.probabilities(texts);
      for (int k = 0; k < tagger.labels().size(); k++) {
        int label = k;
        double[] sorted = Arrays.stream(p).mapToDouble(row -> row[label]).sorted().toArray();
        halves.put(tagger.labels().get(k), sorted[sorted.length / 2]);
      }
    }
    return halves;
  }

  /** Small row groups and files without rows; every type that may be carried along. */
  @Test
  void parquetIsReadAsOneMachineReadsIt() throws IOException, SQLException {
    Path folder = Files.createDirectory(root.resolve("in"));
    sql(
        """
        COPY (SELECT CASE WHEN i %% 1009 = 7 THEN NULL ELSE 'film ' || i || repeat(' bad', i %% 7) END AS text,
          CASE WHEN i %% 3 = 0 THEN NULL ELSE i END AS whole, i::TINYINT AS tiny, i::UTINYINT AS byte,
          (i * 7)::USMALLINT AS short, (i * 100000)::UBIGINT AS big, i / 7 AS real, (i / 3)::FLOAT AS rough,
          (i / 8)::DECIMAL(9, 3) AS money, (i / 9)::DECIMAL(25, 2) AS much, i %% 2 = 0 AS truth,
          DATE '2026-01-31' + i::INTEGER AS day, 'a' || i AS name
          FROM (SELECT range %% 100 AS i FROM range(9300)))
        TO '%s' (FORMAT parquet, ROW_GROUP_SIZE 2048)"""
            .formatted(folder.resolve("1.parquet")));
    sql(
        "COPY (SELECT * FROM '%s' LIMIT 0) TO '%s' (FORMAT parquet)"
            .formatted(folder.resolve("1.parquet"), folder.resolve("2.parquet")));
    sql(
        "COPY (SELECT * FROM '%s' LIMIT 50) TO '%s' (FORMAT parquet)"
            .formatted(folder.resolve("1.parquet"), folder.resolve("3.parquet")));
    Files.writeString(folder.resolve("_SUCCESS"), "");
    String keep = "whole,tiny,byte,short,big,real,rough,money,much,truth,day,name";
    Path one = root.resolve("one.jsonl");
    tag(single, folder + "/*.parquet", "--keep", keep, "--top-k", "2", "-o", one);
    DatasetRequest asked = request(single, "many.jsonl", 20_011, folder);
    run(
        new DatasetRequest(
            single,
            ONE_THREAD.withTopK(2),
            asked.inputs(),
            null,
            new Columns("text", List.of(keep.split(",", -1)), 2000),
            asked.output(),
            RowFormat.JSONL,
            null,
            false,
            asked.split()));
    assertEquals(Files.readString(one), parts(root.resolve("many.jsonl")));
    assertTrue(partFiles(root.resolve("many.jsonl")).size() > 2);
  }

  private static void sql(String statement) throws SQLException {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement run = duckdb.createStatement()) {
      run.execute(statement);
    }
  }

  private static List<String> described(String parquet) throws SQLException {
    return query("DESCRIBE SELECT * FROM read_parquet('" + parquet + "')", 2);
  }

  private static List<String> rows(String parquet) throws SQLException {
    return query("SELECT * FROM read_parquet('" + parquet + "')", 6);
  }

  private static List<String> query(String statement, int columns) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement run = duckdb.createStatement();
        ResultSet found = run.executeQuery(statement)) {
      while (found.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(found.getString(i));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  @Test
  void aDatasetWithoutRows() throws IOException {
    Path in = Files.writeString(root.resolve("in.jsonl"), "");
    Path out = root.resolve("out.parquet");
    assertEquals(0, run(request(single, "out.parquet", 7, in)).tagged());
    assertTrue(Files.exists(out.resolve("_SUCCESS")));
    assertFalse(Files.exists(root.resolve("out.parquet.rejected.jsonl")));
  }

  @Test
  void whatCannotBeTaggedIsRefusedInOneLine() throws IOException, SQLException {
    Path in = Files.writeString(root.resolve("in.jsonl"), "{\"text\": \"bad\"}\n\n{\"no\": 1}\n");
    DatasetRequest asked = request(single, "out.jsonl", 17, in);
    refuses(
        in
            + ":3: expected a text under 'text', found none; mend or drop it, or leave out"
            + " --strict",
        new DatasetRequest(
            single,
            ONE_THREAD,
            asked.inputs(),
            null,
            asked.columns(),
            asked.output(),
            RowFormat.JSONL,
            null,
            true,
            17));
    assertFalse(Files.exists(root.resolve("out.jsonl")));
    Path none = Files.writeString(root.resolve("none.jsonl"), "{}\n");
    refuses(
        none
            + ":1: expected a text under 'text', found none; no row could be read, mend --text,"
            + " --from or the input",
        request(single, "out.jsonl", 17, none));
    Path csv = Files.writeString(root.resolve("in.csv"), "text\nbad\n");
    refuses(
        csv
            + ": expected JSON lines or Parquet, found csv; give --from jsonl or parquet, or tag it"
            + " with 'gnomon tag'",
        request(single, "out.jsonl", 17, csv));
    Path nowhere = root.resolve("nowhere/*.jsonl");
    refuses(
        nowhere
            + ": expected a file, a pattern or a folder of files, found none; mend the path, or name"
            + " the folders in it",
        request(single, "out.jsonl", 17, nowhere));
    Files.createDirectory(root.resolve("out.jsonl"));
    refuses(
        root.resolve("out.jsonl")
            + ": expected no such file or folder yet, found one; give another, or delete it",
        request(single, "out.jsonl", 17, in));
  }

  /** What an executor finds is said as if the driver had found it. */
  @Test
  void aParquetFileThatIsNoneOrHasOtherColumns() throws IOException, SQLException {
    Path broken = Files.writeString(root.resolve("broken.parquet"), "no Parquet at all");
    String said =
        Messages.of(InputException.class, () -> run(request(single, "out.jsonl", 1 << 20, broken)));
    assertTrue(said.startsWith(broken + ": expected a Parquet file, found: "), said);
    assertTrue(said.endsWith("; check the file"), said);
    Path typed = root.resolve("typed.parquet");
    sql("COPY (SELECT 7 AS text, [1] AS id) TO '%s' (FORMAT parquet)".formatted(typed));
    refuses(
        typed
            + ": expected texts, numbers, truth values or dates in column 'id', found LIST; leave it"
            + " out, or cast it to text",
        request(single, "out.jsonl", 1 << 20, typed));
    sql("COPY (SELECT 7 AS text, 1 AS id) TO '%s' (FORMAT parquet)".formatted(typed));
    refuses(
        typed
            + ": expected texts in column 'text', found INTEGER(32,true); name another with --text",
        request(single, "out.jsonl", 1 << 20, typed));
    sql("COPY (SELECT 'x' AS text) TO '%s' (FORMAT parquet)".formatted(typed));
    refuses(
        typed + ": expected a column 'id', found text; name the right ones with --text and --keep",
        request(single, "out.jsonl", 1 << 20, typed));
  }

  private static void refuses(String message, DatasetRequest request) {
    assertEquals(message, Messages.of(InputException.class, () -> run(request)));
  }
}

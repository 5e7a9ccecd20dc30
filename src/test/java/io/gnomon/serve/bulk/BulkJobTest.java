package io.gnomon.serve.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.Messages;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BulkJobTest {
  @TempDir Path root;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(root.resolve(name), content);
  }

  private static final String CSV =
      """
      id,text,note
      2,"a fun, ""short"" film",x
      3,"dull
      on two lines",y

      5,fun but dull \ud83d\ude00,
      """;

  private static final String EXPECTED =
      """
      {"row":1,"text":"a fun, \\"short\\" film","id":%s,"labels":["fun"],"probabilities":[0.954545]}
      {"row":2,"text":"dull\\non two lines","id":%s,"labels":["dull"],"probabilities":[0.75]}
      {"row":3,"text":"fun but dull \ud83d\ude00","id":%s,"labels":["fun","dull"],"probabilities":[0.944444,0.75]}
      """;

  private static final String TEXTS = EXPECTED.formatted("\"2\"", "\"3\"", "\"5\"");
  private static final String NUMBERS = EXPECTED.formatted("2", "3", "5");

  @Test
  void csvAndTsv() throws IOException {
    Job csv = Job.of(file("in.csv", CSV)).keep("text", "id");
    csv.run();
    assertEquals(TEXTS, csv.printed());
    String tsv = CSV.replace(",", "\t").replace("a fun\t", "a fun,").replace("\n", "\r\n");
    Job other = Job.of(file("in.tsv", tsv.replace("dull\r\n", "dull\n"))).keep("text", "id");
    other.run();
    assertEquals(TEXTS, other.printed());
  }

  @Test
  void jsonLines() throws IOException {
    Job job = Job.of(jsonl()).keep("text", "id");
    job.run();
    assertEquals(NUMBERS, job.printed());
  }

  private Path jsonl() throws IOException {
    return file(
        "in.jsonl",
        """
        {"text": "a fun, \\"short\\" film", "id": 2}

        {"id": 3, "text": "dull\\non two lines"}
        {"text": "fun but dull \\ud83d\\ude00", "id": 5, "more": [7, {}]}
        """);
  }

  @Test
  void parquet() throws IOException, SQLException {
    Path parquet = root.resolve("in.parquet");
    try (Connection duckdb = DuckDb.open();
        Statement statement = duckdb.createStatement()) {
      statement.execute("COPY (SELECT id, text FROM '%s') TO '%s'".formatted(jsonl(), parquet));
    }
    Job job = Job.of(parquet).keep("text", "id");
    job.run();
    assertEquals(NUMBERS, job.printed());
  }

  @Test
  void linesAreTextsEmptyOnesToo() throws IOException {
    Job job = Job.of(file("in.txt", "\ufefffun\n\n\"dull\r\nfun"));
    job.run();
    List<String> texts =
        job.printed().lines().map(line -> json(line).path("text").asString()).toList();
    assertEquals(List.of("fun", "", "\"dull", "fun"), texts);
  }

  private static JsonNode json(String line) {
    return JsonMapper.shared().readTree(line);
  }

  @Test
  void intoCsv() throws IOException {
    Path out = root.resolve("out/tags.csv");
    Job.of(jsonl()).keep("id", "more").to(out).run();
    assertEquals(
        """
        row,id,more,labels,probabilities
        1,2,,fun,0.954545
        2,3,,dull,0.75
        3,5,"[7,{}]",fun|dull,0.944444|0.75
        """,
        Job.read(out));
    assertEquals(List.of("tags.csv"), names(root.resolve("out")));
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void intoParquet() throws IOException, SQLException {
    Path out = root.resolve("out/it's.parquet");
    Job.of(jsonl()).keep("text", "id").to(out).run();
    List<String> rows = new ArrayList<>();
    try (Connection duckdb = DuckDb.open();
        Statement statement = duckdb.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT row + 10, text, id, labels, probabilities FROM read_parquet(%s)"
                    .formatted(DuckDb.text(out.toString())))) {
      while (found.next()) {
        rows.add(
            IntStream.rangeClosed(1, 5)
                .mapToObj(i -> column(found, i))
                .collect(Collectors.joining(" ")));
      }
    }
    assertEquals(
        List.of(
            "11 a fun, \"short\" film 2 [fun] [0.954545]",
            "12 dull\non two lines 3 [dull] [0.75]",
            "13 fun but dull \ud83d\ude00 5 [fun, dull] [0.944444, 0.75]"),
        rows);
    assertEquals(List.of("it's.parquet"), names(root.resolve("out")));
  }

  private static String column(ResultSet row, int column) {
    try {
      return row.getString(column);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Rows of all lengths over several parts and files, in their order. */
  @Test
  void orderIsKept() throws IOException {
    List<String> texts =
        IntStream.range(0, 101).mapToObj(i -> i + " fun".repeat(i * 37 % 53)).toList();
    Path one = file("1.txt", String.join("\n", texts.subList(0, 59)) + "\n");
    Path two = file("2.txt", String.join("\n", texts.subList(59, 101)));
    Job job = Job.of(one, two);
    BulkJob.Outcome outcome = job.run();
    assertEquals(new Done(101, 101, 0, 0), outcome.done());
    List<JsonNode> rows = job.printed().lines().map(BulkJobTest::json).toList();
    assertEquals(texts, rows.stream().map(row -> row.path("text").asString()).toList());
    assertEquals(59, rows.get(58).path("row").asInt());
    assertEquals(1, rows.get(59).path("row").asInt());
    assertEquals(two.toString(), rows.get(59).path("file").asString());
  }

  @Test
  void aPipe() {
    Job job = Job.piped("fun\ndull\n", RowFormat.TEXT).to(RowFormat.TSV);
    job.run();
    assertEquals(
        "row\ttext\tlabels\tprobabilities\n1\tfun\tfun\t0.833333\n2\tdull\tdull\t0.75\n",
        job.printed());
    Job none = Job.piped("", RowFormat.JSONL);
    assertEquals(Done.NONE, none.run().done());
    assertEquals("", none.printed());
  }

  /** No journal is left that nobody could go on from. */
  @Test
  void aPipeIntoAFileBeginsAnew() throws IOException {
    Path out = root.resolve("out/tags.jsonl");
    Words dies = new Words(1);
    String rows = "fun\n".repeat(9);
    Messages.of(
        IllegalStateException.class, () -> Job.piped(rows, RowFormat.TEXT).to(out).run(dies));
    Job.piped("dull", RowFormat.TEXT).to(out).run();
    assertTrue(Job.read(out).contains("dull"));
    assertEquals(List.of("tags.jsonl"), names(root.resolve("out")));
  }

  @Test
  void patterns() throws IOException {
    for (String name : List.of("b.txt", "a.txt", "c.csv")) {
      file(name, "fun");
    }
    List<BulkInput> found = BulkInput.of(List.of(root + "/*.txt"), null);
    assertEquals(
        List.of(root.resolve("a.txt"), root.resolve("b.txt")),
        found.stream().map(BulkInput::path).toList());
    assertFalse(
        BulkInput.of(List.of(root + "/{a,c}.*"), RowFormat.TEXT).stream()
            .anyMatch(input -> input.format() != RowFormat.TEXT));
    for (String none : List.of("/*.tsv", "/none/*.csv", "/[a.txt")) {
      String pattern = root + none;
      assertEquals(
          pattern + ": expected a pattern of files, found none that it matches; mend the pattern",
          Messages.of(InputException.class, () -> BulkInput.of(List.of(pattern), null)));
    }
  }
}

package io.gnomon.serve.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gnomon.Messages;
import io.gnomon.config.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one row, or a whole file, has wrong. */
class BadRowsTest {
  private static final String UNBALANCED =
      "expected fields in balanced double quotes, found text behind a closing quote or none";

  @TempDir Path root;

  private Path file(String name, Object... pieces) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Object piece : pieces) {
      bytes.write(
          piece instanceof byte[] raw ? raw : ((String) piece).getBytes(StandardCharsets.UTF_8));
    }
    return Files.write(root.resolve(name), bytes.toByteArray());
  }

  private static final byte[] LATIN = {'f', (byte) 0xFC, 'n'};

  @Test
  void linesOfJson() throws IOException {
    Path in =
        file(
            "in.jsonl",
            "{\"text\": \"fun\"}\n{\"text\": \n[7]\n{\"other\": 7}\n{\"text\": 7}\n{\"text\": \"",
            LATIN,
            "\"}\n{\"text\": \"" + "x".repeat(200) + "\"}\n{\"text\": \"dull\"} more\n\n",
            "{\"text\": \"dull\"}");
    Path out = root.resolve("out.csv");
    Job job = Job.of(in).longest(100).to(out);
    assertEquals(new Done(9, 2, 7, 0), job.run().done());
    assertEquals(
        "row,text,labels,probabilities\n1,fun,fun,0.833333\n9,dull,dull,0.75\n", Job.read(out));
    List<String> found = job.rejected();
    assertEquals(7, found.size());
    assertStarts(in + ":2: expected one JSON object, found: Unexpected end-of-input", found.get(0));
    assertEquals(in + ":3: expected one JSON object, found ARRAY", found.get(1));
    assertEquals(in + ":4: expected a text under 'text', found none", found.get(2));
    assertEquals(in + ":5: expected a text under 'text', found NUMBER", found.get(3));
    assertEquals(in + ":6: expected UTF-8, found bytes that are none", found.get(4));
    assertEquals(in + ":7: expected at most 100 bytes, found more", found.get(5));
    assertStarts(in + ":8: expected one JSON object, found: ", found.get(6));
    assertEquals(
        "{\"file\":\"%s\",\"row\":3,\"line\":3,\"cause\":\"expected one JSON object, found ARRAY\"}"
            .formatted(in),
        Job.read(root.resolve("out.csv.rejected.jsonl")).lines().toList().get(1));
  }

  private static void assertStarts(String expected, String found) {
    assertEquals(expected, found.substring(0, Math.min(found.length(), expected.length())));
  }

  /** A quote left open takes its own line alone, though all that follows might belong to it. */
  @Test
  void rowsOfCsv() throws IOException {
    Path in =
        file(
            "in.csv",
            "text,id\n\"fun\n2\",2\none\n\"fun\" x,3\n",
            LATIN,
            ",4\n" + "x".repeat(200) + ",5\n\"open,6\ndull,7\n",
            "fun,8,9\ndull,10\n");
    Job job = Job.of(in).longest(100).to(RowFormat.CSV);
    job.run();
    assertEquals(
        """
        row,text,labels,probabilities
        1,"fun
        2",fun,0.875
        7,dull,dull,0.75
        9,dull,dull,0.75
        """,
        job.printed());
    assertEquals(
        List.of(
            in + ":4: expected 2 columns as in the header, found 1",
            in + ":5: " + UNBALANCED,
            in + ":6: expected UTF-8, found bytes that are none",
            in + ":7: expected at most 100 bytes, found more",
            in + ":8: " + UNBALANCED,
            in + ":10: expected 2 columns as in the header, found 3"),
        job.rejected());
  }

  @Test
  void rowsOfParquet() throws SQLException {
    Path in = parquet("SELECT unnest(['fun', NULL, repeat('x', 200), 'dull']) AS text, 2 AS id");
    Job job = Job.of(in).longest(100);
    assertEquals(new Done(4, 2, 2, 0), job.run().done());
    assertEquals(
        List.of(
            in + ", row 2: expected a text under 'text', found NULL",
            in + ", row 3: expected at most 100 characters, found more"),
        job.rejected());
  }

  private Path parquet(String query) throws SQLException {
    Path file = root.resolve("in.parquet");
    try (Connection duckdb = DuckDb.open();
        Statement statement = duckdb.createStatement()) {
      statement.execute("COPY (%s) TO '%s'".formatted(query, file));
    }
    return file;
  }

  @Test
  void strictlyTheFirstEndsTheJob() throws IOException {
    Path in = file("in.jsonl", "{\"text\": \"fun\"}\n".repeat(8), "7\n");
    Path out = root.resolve("out.jsonl");
    refuses(
        in + ":9: expected one JSON object, found NUMBER; mend or drop it, or leave out --strict",
        Job.of(in).strict().to(out));
    try (var files = Files.list(root)) {
      assertEquals(List.of(in), files.toList(), "nothing is left");
    }
  }

  @Test
  void filesWithoutTheColumns() throws IOException, SQLException {
    refuses(
        root.resolve("a.csv")
            + ":1: expected a column 'text', found id, words; name the right ones with --text and"
            + " --keep",
        Job.of(file("a.csv", "id,words\n2,fun\n")));
    refuses(
        root.resolve("b.csv")
            + ":1: expected a column 'lang', found text; name the right ones with --text and --keep",
        Job.of(file("b.csv", "text\nfun\n")).keep("lang"));
    refuses(
        root.resolve("c.csv")
            + ":1: expected a header that names the columns, found none; add it, or give --from",
        Job.of(file("c.csv", "")));
    refuses(
        root.resolve("d.csv") + ":1: " + UNBALANCED + "; mend the header, or give --from text",
        Job.of(file("d.csv", "\"text\nfun\n")));
    refuses(
        "--keep: expected 'text', the one column of text lines, found id; leave it out",
        Job.of(file("a.txt", "fun")).keep("id"));
    Path numbers = parquet("SELECT 7 AS text");
    refuses(
        numbers + ": expected texts in column 'text', found INTEGER; name another with --text",
        Job.of(numbers));
    Path other = parquet("SELECT 7 AS id");
    refuses(
        other + ": expected a column 'text', found id; name the right ones with --text and --keep",
        Job.of(other));
  }

  /** Said before the first file is tagged. */
  @Test
  void theLastOfManyFilesIsLookedAtFirst() throws IOException {
    Path good = file("a.csv", "text\nfun\n");
    Path bad = file("b.csv", "words\nfun\n");
    Path out = root.resolve("out.jsonl");
    Messages.of(InputException.class, () -> Job.of(good, bad).to(out).run());
    assertFalse(Files.exists(PartFile.part(out)));
  }

  @Test
  void inputsThatAreNone() throws IOException {
    Path none = root.resolve("none.txt");
    refuses(none + ": expected a file of rows, found no such file; mend the path", Job.of(none));
    refuses(
        root
            + ": expected a file of rows, found a folder; give its files, as '"
            + root
            + "/*.jsonl'",
        Job.of(root));
    Path noName = file("texts", "fun");
    refuses(
        noName
            + ": expected a name that ends in .txt, .csv, .tsv, .jsonl or .parquet, found another;"
            + " give --from text, csv, tsv, jsonl or parquet",
        Job.of(noName));
    Path noParquet = file("x.parquet", "fun");
    String message = Messages.of(InputException.class, Job.of(noParquet)::run);
    assertStarts(noParquet + ": expected a Parquet file, found: ", message);
    assertEquals(1, message.lines().count());
  }

  @Test
  void whatCannotGoTogether() throws IOException {
    Path in = file("in.jsonl", "{\"text\": \"fun\"}");
    refuses(
        "--out: expected another file than the inputs, found " + in + "; give another",
        Job.of(in).to(in));
    refuses(
        "--out: expected a file beside --to parquet, found standard output; give --out FILE",
        Job.of(in).to(RowFormat.PARQUET));
    refuses(
        "--out: expected a file beside --resume, found standard output; give --out FILE",
        Job.of(in).resume());
    refuses(
        "--resume: expected files, which can be read again, found standard input; give files",
        Job.piped("fun", RowFormat.TEXT).resume());
    refuses(
        "standard input: expected text, CSV, TSV or JSONL, found --from parquet, which is read from"
            + " its end; give the file",
        Job.piped("fun", RowFormat.PARQUET));
    refuses(
        "--to: expected jsonl, csv, tsv or parquet, found text; give --to jsonl",
        Job.of(in).to(RowFormat.TEXT));
    refuses(
        "--keep: expected distinct names other than file, row, labels, probabilities and by, found"
            + " labels; rename the column, or leave it out",
        Job.of(in).keep("labels"));
    refuses("--longest: expected 1 to 2000000 bytes, found 0; give 1000000", Job.of(in).longest(0));
  }

  private static void refuses(String line, Job job) {
    assertEquals(line, Messages.of(InputException.class, job::run));
  }
}

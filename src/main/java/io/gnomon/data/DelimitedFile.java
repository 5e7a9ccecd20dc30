package io.gnomon.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Records of a CSV or TSV file as RFC 4180 quotes them, each with the line it starts at. UTF-8, a
 * byte-order mark is skipped, empty lines are too.
 */
final class DelimitedFile {
  /** A record and its place as {@code file:line}. */
  record Line(String where, List<String> fields) {}

  private DelimitedFile() {}

  static List<Line> read(TableFile file, char separator) {
    List<Line> lines = new ArrayList<>();
    try (InputStream in = file.open();
        CsvReader<CsvRecord> reader = reader(in, separator);
        CloseableIterator<CsvRecord> records = reader.iterator()) {
      while (records.hasNext()) {
        CsvRecord found = records.next();
        lines.add(line(file.where(found.getStartingLineNumber()), found, lines.isEmpty()));
      }
    } catch (CsvParseException e) {
      throw unquotable(file, lines, e);
    } catch (UncheckedIOException e) {
      throw Problems.damaged(file.path(), "UTF-8 text", e, "save it as UTF-8");
    } catch (IOException e) {
      throw Problems.unreadable(file.path(), e);
    }
    return lines;
  }

  private static CsvReader<CsvRecord> reader(InputStream in, char separator) {
    // A strict decoder: a byte that is not UTF-8 is an error, not a replacement character.
    return CsvReader.builder()
        .fieldSeparator(separator)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .allowUnclosedQuote(false)
        .ofCsvRecord(new InputStreamReader(in, UTF_8.newDecoder()));
  }

  private static Line line(String where, CsvRecord found, boolean first) {
    List<String> fields = new ArrayList<>(found.getFields());
    if (first && fields.get(0).startsWith("\uFEFF")) {
      fields.set(0, fields.get(0).substring(1));
    }
    return new Line(where, fields);
  }

  private static InputException unquotable(
      TableFile file, List<Line> lines, CsvParseException cause) {
    String place = lines.isEmpty() ? file.where(1) : "after " + lines.get(lines.size() - 1).where();
    return new InputException(
        place
            + ": expected a field in balanced double quotes, found text behind a closing quote or"
            + " none; write a quote within a quoted field twice",
        cause);
  }
}

package io.gnomon.serve.bulk;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.gnomon.config.InputException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Rows of a CSV or TSV table below its header. */
final class DelimitedLines implements RowParser {
  private static final String UNBALANCED =
      "expected fields in balanced double quotes, found text behind a closing quote or none";

  private final RowFormat format;
  private final int width;
  private final int text;
  private final List<Integer> keep;

  /**
   * @throws InputException when the header lacks a column, or is none
   */
  DelimitedLines(RowFormat format, String where, String header, Columns columns) {
    this.format = format;
    List<String> names = header(where, header);
    this.width = names.size();
    this.text = index(where, names, columns.text());
    this.keep = columns.keep().stream().map(name -> index(where, names, name)).toList();
  }

  private List<String> header(String where, String header) {
    try {
      return fields(header);
    } catch (CsvParseException e) {
      throw new InputException(
          where + ": " + UNBALANCED + "; mend the header, or give --from text", e);
    }
  }

  private static int index(String where, List<String> names, String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw Columns.missing(where, name, names);
    }
    return index;
  }

  private List<String> fields(String row) {
    return CsvReader.builder()
        .fieldSeparator(format.separator())
        .allowUnclosedQuote(false)
        .skipEmptyLines(false)
        .ofSingleCsvRecord(row)
        .getFields();
  }

  @Override
  public InputRow parse(Place place, String row) {
    List<String> fields;
    try {
      fields = fields(row);
    } catch (CsvParseException e) {
      return new InputRow.Rejected(place, UNBALANCED);
    }
    if (fields.size() != width) {
      return new InputRow.Rejected(
          place, "expected " + width + " columns as in the header, found " + fields.size());
    }
    List<JsonNode> kept = keep.stream().map(i -> node(fields.get(i))).toList();
    return new InputRow.Text(place, fields.get(text), kept);
  }

  private static JsonNode node(String field) {
    return JsonNodeFactory.instance.stringNode(field);
  }

  @Override
  public boolean skipsEmpty() {
    return true;
  }
}

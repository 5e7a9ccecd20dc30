package io.gnomon.serve.bulk;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.gnomon.config.InputException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Rows as CSV or TSV; several labels, and their probabilities, are joined by a bar.
 *
 * @param format either
 * @param layout its columns
 */
record DelimitedRows(RowFormat format, Layout layout) implements RowWriter {
  private static final String BAR = "|";

  static DelimitedRows of(RowFormat format, Layout layout, List<String> labels) {
    for (String label : labels) {
      if (label.contains(BAR)) {
        throw new InputException(
            "--to: expected labels without '|', which joins several in CSV, found "
                + label
                + "; give --to jsonl");
      }
    }
    return new DelimitedRows(format, layout);
  }

  @Override
  public String header() {
    return line(layout.names());
  }

  @Override
  public String row(OutputRow row) {
    List<String> fields = new ArrayList<>();
    if (layout.files()) {
      fields.add(row.place().file());
    }
    fields.add(Long.toString(row.place().row()));
    row.kept().forEach(node -> fields.add(text(node)));
    fields.add(String.join(BAR, row.labels()));
    if (layout.graded()) {
      fields.add(
          row.probabilities().stream().map(Object::toString).collect(Collectors.joining(BAR)));
    }
    if (layout.by()) {
      fields.add(Objects.requireNonNullElse(row.answer().by(), ""));
    }
    return line(fields);
  }

  /** Lists and objects stay JSON. */
  private static String text(JsonNode node) {
    if (node.isNull()) {
      return "";
    }
    return node.isValueNode() ? node.asString() : node.toString();
  }

  private String line(List<String> fields) {
    StringWriter line = new StringWriter();
    CsvWriter.builder()
        .fieldSeparator(format.separator())
        .lineDelimiter(LineDelimiter.LF)
        .bufferSize(0)
        .build(line)
        .writeRecord(fields);
    return line.toString();
  }
}

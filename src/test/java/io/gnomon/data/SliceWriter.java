package io.gnomon.data;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.gnomon.config.DataConfig;
import io.gnomon.config.DataConfig.GoEmotions.Grouping;
import io.gnomon.config.DataConfig.Split;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes the slice of GoEmotions' test part that ships with Gnomon: the first {@value #ROWS} rows
 * of the binary subset in {@link LabelledSet#limit}'s order. Arguments: the GoEmotions folder and
 * the file to write, {@code src/main/resources/io/gnomon/data/goemotions-slice.tsv}.
 */
final class SliceWriter {
  static final int ROWS = 600;

  private SliceWriter() {}

  public static void main(String[] arguments) throws IOException {
    LabelledSet test =
        LabelledSets.read(new DataConfig.GoEmotions(arguments[0], Split.TEST, Grouping.BINARY));
    try (CsvWriter writer =
        CsvWriter.builder()
            .fieldSeparator('\t')
            .lineDelimiter(LineDelimiter.LF)
            .build(Path.of(arguments[1]))) {
      writer.writeRecord("text", "label");
      for (LabelledText row : test.limit(ROWS).rows()) {
        writer.writeRecord(row.text(), row.labels().get(0));
      }
    }
  }
}

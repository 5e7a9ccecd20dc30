package io.gnomon.spark.tag;

import io.gnomon.serve.bulk.InputRow;
import io.gnomon.serve.bulk.Labeller;
import io.gnomon.serve.bulk.Layout;
import io.gnomon.serve.bulk.OutputRow;
import io.gnomon.serve.bulk.RowFormat;
import io.gnomon.serve.bulk.RowWriter;
import io.gnomon.serve.bulk.Stretch;
import java.util.List;
import java.util.stream.Stream;

/** The tagged rows of a portion, stretch by stretch, so that memory stays flat. */
final class TaggedRows {
  private final Portion.Source rows;
  private final Labeller.Student student;

  TaggedRows(Portion.Source rows, Labeller.Student student) {
    this.rows = rows;
    this.student = student;
  }

  /** Its rows, made as they are asked for. */
  Stream<OutputRow> stream() {
    return stretches(rows).flatMap(stretch -> OutputRow.of(stretch, student).stream());
  }

  /** Its rows as JSON, without line breaks. */
  Stream<String> json(Layout layout) {
    RowWriter writer = RowWriter.of(RowFormat.JSONL, layout, student.labels());
    return stream().map(row -> writer.row(row).stripTrailing());
  }

  /** All rows of a portion. */
  static Stream<List<InputRow>> stretches(Portion.Source rows) {
    return Stream.generate(() -> Stretch.next(rows, Stretch.BLOCK))
        .takeWhile(stretch -> !stretch.isEmpty());
  }
}

package io.gnomon.spark.tag;

import io.gnomon.serve.bulk.Columns;
import io.gnomon.serve.bulk.Labeller;
import io.gnomon.serve.bulk.Layout;
import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * What a task needs to tag its portion.
 *
 * @param access how file systems are reached
 * @param columns what of a row is used
 * @param model the executor's copy
 * @param layout columns of the output
 */
record Work(
    Broadcast<SerializableConfiguration> access, Columns columns, ModelCopy model, Layout layout)
    implements Serializable {
  /** The partition's one portion as JSON. */
  Iterator<String> json(Iterator<Portion> portions) {
    return answers(portions, rows -> rows.json(layout));
  }

  /** The partition's one portion as rows of a table. */
  Iterator<Row> table(Iterator<Portion> portions) {
    return answers(portions, rows -> rows.stream().map(row -> TableRows.row(row, layout)));
  }

  private <T> Iterator<T> answers(
      Iterator<Portion> portions, Function<TaggedRows, Stream<T>> made) {
    if (!portions.hasNext()) { // a dataset without any row
      return Collections.emptyIterator();
    }
    Labeller.Student student = new Labeller.Student(model.tagger());
    return rows(
        portions.next(),
        new FileRows(access.value().value(), columns),
        source -> made.apply(new TaggedRows(source, student)));
  }

  /** What is made of a portion's rows; the file is closed when the task ends, however it does. */
  static <T> Iterator<T> rows(
      Portion portion, FileRows files, Function<Portion.Source, Stream<T>> made) {
    Portion.Source source = portion.open(files);
    TaskCompletionListener closing = context -> source.close();
    TaskContext.get().addTaskCompletionListener(closing);
    return made.apply(source).iterator();
  }
}

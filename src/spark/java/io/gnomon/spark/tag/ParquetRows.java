package io.gnomon.spark.tag;

import io.gnomon.config.InputException;
import io.gnomon.serve.bulk.ColumnValues;
import io.gnomon.serve.bulk.Columns;
import io.gnomon.serve.bulk.InputRow;
import io.gnomon.serve.bulk.Place;
import io.gnomon.serve.bulk.RowSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Rows of a Parquet file, those alone whose row groups begin within a stretch of its bytes. */
final class ParquetRows implements RowSource {
  private final InputFile file;
  private final Columns columns;
  private final ParquetFileReader reader;
  private final List<BlockMetaData> groups;
  private final List<ParquetColumn> read;
  private final MessageType schema;
  private final long end;
  private @Nullable RecordReader<Group> records;
  private int group;
  private long left;
  private long row;

  private ParquetRows(
      InputFile file, ParquetFileReader reader, Columns columns, long begin, long end) {
    this.file = file;
    this.columns = columns;
    this.reader = reader;
    this.groups = reader.getRowGroups();
    this.end = end;
    MessageType whole = reader.getFooter().getFileMetaData().getSchema();
    this.schema = new MessageType(whole.getName(), types(whole));
    this.read = schema.getFields().stream().map(type -> ParquetColumn.of(file, type)).toList();
    if (!read.get(columns.all().indexOf(columns.text())).text()) {
      Type text = schema.getType(columns.text());
      throw columns.noTexts(file.name(), ParquetColumn.describe(text));
    }
    reader.setRequestedSchema(schema);
    while (group < groups.size() && groups.get(group).getStartingPos() < begin) {
      pass();
    }
  }

  static ParquetRows open(
      InputFile file, Configuration hadoop, Columns columns, long begin, long end)
      throws IOException {
    ParquetFileReader reader = reader(file, hadoop);
    try {
      return new ParquetRows(file, reader, columns, begin, end);
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  private static ParquetFileReader reader(InputFile file, Configuration hadoop) throws IOException {
    try {
      return ParquetFileReader.open(HadoopInputFile.fromPath(file.path(), hadoop));
    } catch (RuntimeException e) { // of what does not begin and end as Parquet does
      throw damaged(file, e);
    }
  }

  private static InputException damaged(InputFile file, Exception cause) {
    String said = String.valueOf(cause.getMessage()).lines().findFirst().orElse("nothing");
    return new InputException(
        file.name() + ": expected a Parquet file, found: " + said + "; check the file", cause);
  }

  private List<Type> types(MessageType whole) {
    List<Type> types = new ArrayList<>();
    for (String name : columns.all()) {
      if (!whole.containsField(name)) {
        List<String> found = whole.getFields().stream().map(Type::getName).toList();
        throw Columns.missing(file.name(), name, found);
      }
      types.add(whole.getType(name));
    }
    return types;
  }

  /** Leaves the next row group unread. */
  private void pass() {
    reader.skipNextRowGroup();
    row += groups.get(group++).getRowCount();
  }

  /** Passes rows up to the number given, those of whole row groups without reading them. */
  void passTo(long number) {
    while (left == 0 && within() && row + groups.get(group).getRowCount() <= number) {
      pass();
    }
    while (row < number && next() != null) {}
  }

  private boolean within() {
    return group < groups.size() && groups.get(group).getStartingPos() < end;
  }

  @Override
  public @Nullable InputRow next() {
    try {
      Group record = record();
      return record == null ? null : row(record);
    } catch (IOException | ParquetDecodingException e) {
      throw damaged(file, e);
    }
  }

  private @Nullable Group record() throws IOException {
    while (left == 0 || records == null) {
      if (!within()) {
        return null;
      }
      PageReadStore pages = reader.readNextRowGroup();
      records =
          new ColumnIOFactory()
              .getColumnIO(schema)
              .getRecordReader(pages, new GroupRecordConverter(schema));
      left = groups.get(group++).getRowCount();
    }
    left--;
    return records.read();
  }

  private InputRow row(Group record) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      values.add(read.get(i).value(record, i));
    }
    return ColumnValues.row(new Place(file.name(), ++row, 0), columns, values);
  }

  @Override
  public long position() {
    return group < groups.size() ? groups.get(group).getStartingPos() : file.length();
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw FileTrouble.reading(file.name(), e);
    }
  }
}

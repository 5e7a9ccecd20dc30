package io.gnomon.spark.tag;

import io.gnomon.serve.bulk.Layout;
import io.gnomon.serve.bulk.OutputRow;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Rows for Parquet, in the columns that {@code gnomon tag} writes. */
final class TableRows {
  private TableRows() {}

  /** The columns. */
  static StructType schema(Layout layout) {
    List<StructField> fields = new ArrayList<>();
    if (layout.files()) {
      fields.add(DataTypes.createStructField(OutputRow.FILE, DataTypes.StringType, true));
    }
    fields.add(DataTypes.createStructField(OutputRow.ROW, DataTypes.LongType, true));
    for (String name : layout.keep()) {
      fields.add(DataTypes.createStructField(name, DataTypes.StringType, true));
    }
    fields.add(
        DataTypes.createStructField(
            OutputRow.LABELS, DataTypes.createArrayType(DataTypes.StringType), true));
    fields.add(
        DataTypes.createStructField(
            OutputRow.PROBABILITIES, DataTypes.createArrayType(DataTypes.DoubleType), true));
    return DataTypes.createStructType(fields);
  }

  static Row row(OutputRow row, Layout layout) {
    List<@Nullable Object> values = new ArrayList<>();
    if (layout.files()) {
      values.add(row.place().file());
    }
    values.add(row.place().row());
    row.kept().forEach(node -> values.add(text(node)));
    values.add(row.labels().toArray(String[]::new));
    values.add(row.probabilities().toArray(Double[]::new));
    return RowFactory.create(values.toArray());
  }

  /** Kept columns are text, as they are where one file is written. */
  private static @Nullable String text(JsonNode node) {
    if (node.isNull()) {
      return null;
    }
    return node.isString() ? node.asString() : node.toString();
  }
}

package io.gnomon.spark.tag;

import io.gnomon.config.InputException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * How one column's values are read: as the Java objects that DuckDB, which reads Parquet on one
 * machine, makes of them.
 *
 * @param text whether they are texts
 * @param reader of a value that is there
 */
record ParquetColumn(boolean text, Reader reader) {
  /** Reads a field of a record. */
  @FunctionalInterface
  interface Reader {
    Object read(Group record, int field);
  }

  @Nullable Object value(Group record, int field) {
    return record.getFieldRepetitionCount(field) == 0 ? null : reader.read(record, field);
  }

  /**
   * A column.
   *
   * @throws InputException when it holds neither texts, numbers, truth values nor dates
   */
  static ParquetColumn of(InputFile file, Type type) {
    if (!type.isPrimitive() || type.isRepetition(Type.Repetition.REPEATED)) {
      throw unread(file, type);
    }
    PrimitiveType primitive = type.asPrimitiveType();
    LogicalTypeAnnotation meaning = primitive.getLogicalTypeAnnotation();
    Reader reader = reader(primitive, meaning);
    if (reader == null) {
      throw unread(file, type);
    }
    return new ParquetColumn(isText(meaning), reader);
  }

  private static boolean isText(@Nullable LogicalTypeAnnotation meaning) {
    return meaning instanceof StringLogicalTypeAnnotation
        || meaning instanceof EnumLogicalTypeAnnotation;
  }

  private static InputException unread(InputFile file, Type type) {
    return new InputException(
        "%s: expected texts, numbers, truth values or dates in column '%s', found %s; leave it out, or cast it to text"
            .formatted(file.name(), type.getName(), describe(type)));
  }

  /** A type in words. */
  static String describe(Type type) {
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    if (meaning != null) {
      return meaning.toString();
    }
    return type.isPrimitive()
        ? type.asPrimitiveType().getPrimitiveTypeName().name().toLowerCase(Locale.ROOT)
        : "a group of columns";
  }

  private static @Nullable Reader reader(
      PrimitiveType type, @Nullable LogicalTypeAnnotation meaning) {
    if (isText(meaning)) {
      return (record, field) -> record.getString(field, 0);
    }
    if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      return decimal(type, decimal.getScale());
    }
    if (meaning instanceof IntLogicalTypeAnnotation whole) {
      return whole(whole);
    }
    if (meaning instanceof DateLogicalTypeAnnotation) {
      return (record, field) -> LocalDate.ofEpochDay(record.getInteger(field, 0));
    }
    return meaning == null ? plain(type) : null;
  }

  private static @Nullable Reader plain(PrimitiveType type) {
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> (record, field) -> record.getBoolean(field, 0);
      case INT32 -> (record, field) -> record.getInteger(field, 0);
      case INT64 -> (record, field) -> record.getLong(field, 0);
      case FLOAT -> (record, field) -> record.getFloat(field, 0);
      case DOUBLE -> (record, field) -> record.getDouble(field, 0);
      case INT96, BINARY, FIXED_LEN_BYTE_ARRAY -> null;
    };
  }

  private static Reader decimal(PrimitiveType type, int scale) {
    return switch (type.getPrimitiveTypeName()) {
      case INT32 -> (record, field) -> BigDecimal.valueOf(record.getInteger(field, 0), scale);
      case INT64 -> (record, field) -> BigDecimal.valueOf(record.getLong(field, 0), scale);
      default ->
          (record, field) ->
              new BigDecimal(new BigInteger(record.getBinary(field, 0).getBytes()), scale);
    };
  }

  private static Reader whole(IntLogicalTypeAnnotation type) {
    boolean signed = type.isSigned();
    return switch (type.getBitWidth()) {
      case 8 -> narrow(signed ? value -> value.byteValue() : value -> value.shortValue());
      case 16 -> narrow(signed ? value -> value.shortValue() : value -> value);
      case 32 -> signed ? narrow(value -> value) : ParquetColumn::unsigned;
      default ->
          signed
              ? (record, field) -> record.getLong(field, 0)
              : (record, field) -> new BigInteger(Long.toUnsignedString(record.getLong(field, 0)));
    };
  }

  private static Reader narrow(UnaryOperator<Number> type) {
    return (record, field) -> type.apply(record.getInteger(field, 0));
  }

  private static Object unsigned(Group record, int field) {
    return Integer.toUnsignedLong(record.getInteger(field, 0));
  }
}

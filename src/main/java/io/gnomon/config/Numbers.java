package io.gnomon.config;

import io.gnomon.config.Value.Scalar;
import io.gnomon.config.Value.ScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as YAML's core schema writes them, read without loss or not at all. */
final class Numbers {
  private Numbers() {}

  /** The number in {@code value} as a {@code type}; null when it is none or out of range. */
  static @Nullable Object read(Class<?> type, Key key, Value value) {
    if (!(value instanceof Scalar scalar)) {
      return null;
    }
    if (type == double.class) {
      return decimal(scalar, key);
    }
    if (scalar.type() != ScalarType.INTEGER) {
      return null;
    }
    BigInteger number = integer(scalar.text());
    if (number.bitLength() > (type == int.class ? 31 : 63) || !within(number.doubleValue(), key)) {
      return null;
    }
    return type == int.class ? (Object) number.intValue() : (Object) number.longValue();
  }

  private static @Nullable Double decimal(Scalar scalar, Key key) {
    if (scalar.type() != ScalarType.INTEGER && scalar.type() != ScalarType.FLOAT) {
      return null;
    }
    String text = scalar.text();
    boolean named = text.toLowerCase(Locale.ROOT).matches("[-+]?\\.(inf|nan)");
    double number =
        named
            ? Double.NaN
            : scalar.type() == ScalarType.INTEGER
                ? integer(text).doubleValue()
                : Double.parseDouble(text);
    return Double.isFinite(number) && within(number, key) ? number : null;
  }

  private static BigInteger integer(String text) {
    String digits = text.startsWith("+") ? text.substring(1) : text;
    if (digits.startsWith("0x")) {
      return new BigInteger(digits.substring(2), 16);
    }
    return digits.startsWith("0o")
        ? new BigInteger(digits.substring(2), 8)
        : new BigInteger(digits);
  }

  private static boolean within(double number, Key key) {
    boolean aboveLow = key.aboveMin() ? number > key.min() : number >= key.min();
    return aboveLow && number <= key.max();
  }

  /** What is allowed, in words: "an integer from 1 to 64". */
  static String allowed(Class<?> type, Key key) {
    String kind = type == double.class ? "a number" : "an integer";
    boolean low = Double.isFinite(key.min());
    boolean high = Double.isFinite(key.max());
    String above = key.aboveMin() ? " above " : high ? " from " : " of at least ";
    String min = low ? above + plain(key.min()) : "";
    return kind
        + min
        + (high ? (low && !key.aboveMin() ? " to " : " up to ") + plain(key.max()) : "");
  }

  /** A whole number that was written as a decimal, as one would have to write it; else null. */
  static @Nullable String asInteger(Class<?> type, Value value) {
    if (type == double.class
        || !(value instanceof Scalar scalar)
        || scalar.type() != ScalarType.FLOAT
        || !scalar.text().matches("[-+]?[0-9][0-9.]{0,18}([eE]\\+?[0-9])?")) {
      return null;
    }
    BigDecimal number = new BigDecimal(scalar.text()).stripTrailingZeros();
    return number.scale() <= 0 ? number.toPlainString() : null;
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}

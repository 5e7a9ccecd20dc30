package io.gnomon.gguf;

import java.math.BigInteger;
import java.util.List;

/** A value of a GGUF file's metadata. */
public sealed interface GgufValue {
  /** Any of the eight integer types: unsigned ones of 64 bits pass what a long holds. */
  record Whole(BigInteger value) implements GgufValue {}

  /** float32 or float64; float32 as the shortest decimal that reads back the same. */
  record Real(double value) implements GgufValue {}

  /** A boolean. */
  record Flag(boolean value) implements GgufValue {}

  /** A text. */
  record Text(String value) implements GgufValue {}

  /** An array, all of one type. */
  record Items(List<GgufValue> values) implements GgufValue {
    public Items {
      values = List.copyOf(values);
    }
  }

  /** What it is, for messages. */
  default String describe() {
    if (this instanceof Items items) {
      return "an array of " + items.values().size();
    }
    if (this instanceof Text text) {
      String shown = text.value().lines().findFirst().orElse("");
      return "the text '" + (shown.length() <= 40 ? shown : shown.substring(0, 40) + "…") + "'";
    }
    if (this instanceof Whole whole) {
      return whole.value().toString();
    }
    return this instanceof Real real
        ? Double.toString(real.value())
        : Boolean.toString(((Flag) this).value());
  }
}

package io.gnomon.gguf;

import io.gnomon.config.InputException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The keys and values at the head of a GGUF file, each asked for as the type it should have. */
public final class GgufMetadata {
  private static final String MEND = "; take a file that llama.cpp's own converter wrote";
  private static final BigInteger LARGEST = BigInteger.valueOf(Integer.MAX_VALUE);

  private final Path file;
  private final Map<String, GgufValue> values;

  GgufMetadata(Path file, Map<String, GgufValue> values) {
    this.file = file;
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** All values by key, in the order of the file. */
  public Map<String, GgufValue> values() {
    return values;
  }

  /** The file, for messages. */
  Path file() {
    return file;
  }

  /** Whether there is a value. */
  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** A text that must be there. */
  public String text(String key) {
    return text(require(key, "a text"), key);
  }

  /** A text, or {@code fallback} where there is none. */
  public String text(String key, String fallback) {
    GgufValue value = values.get(key);
    return value == null ? fallback : text(value, key);
  }

  private String text(GgufValue value, String key) {
    if (value instanceof GgufValue.Text text) {
      return text.value();
    }
    throw wrong(key, "a text", value.describe());
  }

  /** An integer from 1 to 2³¹ − 1 that must be there. */
  public int positive(String key) {
    int number = whole(key, require(key, "a positive integer"));
    if (number == 0) {
      throw wrong(key, "a positive integer", "0");
    }
    return number;
  }

  /** As {@link #positive(String)}, or {@code fallback} where there is none. */
  public int positive(String key, int fallback) {
    return has(key) ? positive(key) : fallback;
  }

  /** An integer from 0 to 2³¹ − 1, or null where there is none. */
  public @Nullable Integer index(String key) {
    GgufValue value = values.get(key);
    return value == null ? null : whole(key, value);
  }

  private int whole(String key, GgufValue value) {
    if (value instanceof GgufValue.Whole whole
        && whole.value().signum() >= 0
        && whole.value().compareTo(LARGEST) <= 0) {
      return whole.value().intValueExact();
    }
    throw wrong(key, "an integer from 0 to " + LARGEST, value.describe());
  }

  /** A finite number above zero that must be there. */
  public double number(String key) {
    GgufValue value = require(key, "a number above 0");
    double number =
        value instanceof GgufValue.Real real
            ? real.value()
            : value instanceof GgufValue.Whole whole ? whole.value().doubleValue() : Double.NaN;
    if (!(number > 0) || Double.isInfinite(number)) {
      throw wrong(key, "a number above 0", value.describe());
    }
    return number;
  }

  /** As {@link #number(String)}, or {@code fallback} where there is none. */
  public double number(String key, double fallback) {
    return has(key) ? number(key) : fallback;
  }

  /** A boolean, or {@code fallback} where there is none. */
  public boolean flag(String key, boolean fallback) {
    GgufValue value = values.get(key);
    if (value == null) {
      return fallback;
    }
    if (value instanceof GgufValue.Flag flag) {
      return flag.value();
    }
    throw wrong(key, "a boolean", value.describe());
  }

  /** An array of texts that must be there. */
  public List<String> texts(String key) {
    return items(key, "an array of texts", item -> text(item, key));
  }

  /** An array of numbers that must be there. */
  public List<Double> numbers(String key) {
    return items(
        key,
        "an array of numbers",
        item -> {
          if (item instanceof GgufValue.Real real && !Double.isNaN(real.value())) {
            return real.value();
          }
          throw wrong(key, "an array of numbers", item.describe() + " in it");
        });
  }

  /** An array of integers that must be there. */
  public List<Integer> wholes(String key) {
    return items(key, "an array of integers", item -> whole(key, item));
  }

  private <T> List<T> items(String key, String expected, Function<GgufValue, T> read) {
    GgufValue value = require(key, expected);
    if (value instanceof GgufValue.Items items) {
      return items.values().stream().map(read).toList();
    }
    throw wrong(key, expected, value.describe());
  }

  private GgufValue require(String key, String expected) {
    GgufValue value = values.get(key);
    if (value == null) {
      throw wrong(key, expected, "none");
    }
    return value;
  }

  /** That the value of {@code key} cannot be used. */
  InputException wrong(String key, String expected, String found) {
    return wrong(key, expected, found, MEND);
  }

  /** As {@link #wrong(String, String, String)} with its own way to mend it. */
  InputException wrong(String key, String expected, String found, String mend) {
    return new InputException(
        file
            + ": "
            + key
            + ": expected "
            + expected
            + ", found "
            + found.replaceAll("\\p{Cntrl}", "?") // texts of the file may hold line breaks
            + mend);
  }
}

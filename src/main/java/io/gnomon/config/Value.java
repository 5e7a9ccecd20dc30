package io.gnomon.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A piece of YAML, each part of it with the place it was written. */
sealed interface Value {
  /** Where it stands. */
  Origin origin();

  /** What it is, for a message. */
  String describe();

  /**
   * Where something was written.
   *
   * @param text {@code file:line}, or the {@code --set} argument
   * @param file the file that references in it start from
   * @param written false for a default, whose place is that of the map that lacks it
   */
  record Origin(String text, Path file, boolean written) {
    Origin(String text, Path file) {
      this(text, file, true);
    }

    /** The place of what the map written here leaves to its default. */
    Origin ofDefault() {
      return new Origin(text, file, false);
    }
  }

  /** What YAML's core schema takes a scalar for. */
  enum ScalarType {
    NULL,
    BOOLEAN,
    INTEGER,
    FLOAT,
    TEXT
  }

  /** A single value, its text as written. */
  record Scalar(ScalarType type, String text, Origin origin) implements Value {
    @Override
    public String describe() {
      return switch (type) {
        case NULL -> "nothing";
        case BOOLEAN, INTEGER -> text;
        case FLOAT -> "the decimal " + text;
        case TEXT -> "the text '" + shortened() + "'";
      };
    }

    private String shortened() {
      return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
  }

  /** A list. */
  record Sequence(List<Value> items, Origin origin) implements Value {
    @Override
    public String describe() {
      return "a list";
    }
  }

  /** A map, in the order written. */
  record Mapping(Map<String, Entry> entries, Origin origin) implements Value {
    @Override
    public String describe() {
      return "a map";
    }
  }

  /** A key's place and its value. */
  record Entry(Origin key, Value value) {}
}

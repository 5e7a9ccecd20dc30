package io.gnomon.notebook;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** One output of a code cell, as nbformat has them. */
sealed interface Output {
  /** What it is, whatever it says: {@code stdout}, or the MIME types of a value. */
  String kind();

  /**
   * What was printed.
   *
   * @param name {@code stdout} or {@code stderr}
   */
  record Stream(String name, String text) implements Output {
    @Override
    public String kind() {
      return name;
    }
  }

  /**
   * The value of the cell's last expression.
   *
   * @param data the value by MIME type; binary as base64
   * @param width pixels that an image is meant to be wide; 0 where there is none
   * @param height the same of its height
   */
  record Value(Map<String, String> data, int width, int height) implements Output {
    public Value {
      data = new TreeMap<>(data);
    }

    @Override
    public String kind() {
      return String.join(" and ", new TreeSet<>(data.keySet()));
    }
  }
}

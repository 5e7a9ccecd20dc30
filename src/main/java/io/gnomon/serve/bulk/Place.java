package io.gnomon.serve.bulk;

/**
 * Where a row stands.
 *
 * @param file its name
 * @param row number of the row in its file, from 1, a header not counted
 * @param line number of the line it begins at, from 1; 0 in a file that has none
 */
public record Place(String file, long row, long line) {
  @Override
  public String toString() {
    return line == 0 ? file + ", row " + row : file + ":" + line;
  }
}

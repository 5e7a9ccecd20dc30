package io.gnomon.serve.bulk;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of all inputs, one input after the other. */
final class Rows implements AutoCloseable {
  private final List<BulkInput> inputs;
  private final Columns columns;
  private final InputStream standard;
  private int next;
  private long before;
  private @Nullable RowSource current;

  Rows(List<BulkInput> inputs, Columns columns, InputStream standard) {
    this.inputs = inputs;
    this.columns = columns;
    this.standard = standard;
  }

  /** Looks into every file, so that what a whole one lacks is said before the first is tagged. */
  void check() {
    for (BulkInput input : inputs) {
      if (input.path() != null) {
        RowSource.open(input, columns, standard).close();
      }
    }
  }

  /** Passes over rows that are done. */
  void skip(long rows) {
    for (long i = 0; i < rows; i++) {
      next();
    }
  }

  /** Passes over all rows, and says how many there were. */
  long count() {
    long count = 0;
    while (next() != null) {
      count++;
    }
    return count;
  }

  /**
   * Some rows: as many as there are up to a number of rows or until they hold so many characters.
   * Where one part ends depends on the rows alone.
   */
  List<InputRow> part(int rows, long characters) {
    List<InputRow> part = new ArrayList<>();
    long size = 0;
    while (part.size() < rows && size < characters) {
      InputRow row = next();
      if (row == null) {
        break;
      }
      part.add(row);
      size += row.size();
    }
    return part;
  }

  private @Nullable InputRow next() {
    while (current != null || next < inputs.size()) {
      if (current == null) {
        current = RowSource.open(inputs.get(next++), columns, standard);
      }
      InputRow row = current.next();
      if (row != null) {
        return row;
      }
      before += inputs.get(next - 1).size();
      close();
    }
    return null;
  }

  /** Bytes read of all inputs. */
  long position() {
    return before + (current == null ? 0 : current.position());
  }

  /** Bytes of all inputs; 0 where nobody can know. */
  long size() {
    boolean known = inputs.stream().allMatch(input -> input.path() != null);
    return known ? inputs.stream().mapToLong(BulkInput::size).sum() : 0;
  }

  @Override
  public void close() {
    if (current != null) {
      current.close();
      current = null;
    }
  }
}

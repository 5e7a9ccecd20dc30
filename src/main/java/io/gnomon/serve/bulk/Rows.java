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
   * Some whole stretches: until they hold as many rows as a block, or many characters. Where one
   * part ends depends on the rows alone.
   */
  List<List<InputRow>> part(int block) {
    List<List<InputRow>> part = new ArrayList<>();
    int rows = 0;
    long characters = 0;
    while (rows < block && characters < Stretch.CHARACTERS) {
      List<InputRow> stretch = stretch(block);
      if (stretch.isEmpty()) {
        break;
      }
      part.add(stretch);
      rows += stretch.size();
      characters += stretch.stream().mapToLong(InputRow::size).sum();
    }
    return part;
  }

  private List<InputRow> stretch(int block) {
    for (RowSource source = source(); source != null; source = source()) {
      List<InputRow> stretch = Stretch.next(source::next, block);
      if (!stretch.isEmpty()) {
        return stretch;
      }
      end();
    }
    return List.of();
  }

  private @Nullable InputRow next() {
    for (RowSource source = source(); source != null; source = source()) {
      InputRow row = source.next();
      if (row != null) {
        return row;
      }
      end();
    }
    return null;
  }

  /** The input being read, the next one where there is none; null behind the last. */
  private @Nullable RowSource source() {
    if (current == null && next < inputs.size()) {
      current = RowSource.open(inputs.get(next++), columns, standard);
    }
    return current;
  }

  private void end() {
    before += inputs.get(next - 1).size();
    close();
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

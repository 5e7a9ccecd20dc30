package io.gnomon.serve.bulk;

import io.gnomon.config.InputException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pipe; what was rejected goes to a side file where one is asked for. */
final class StreamTarget implements RowTarget {
  private final PrintWriter out;
  private final @Nullable SideFile rejected;

  /**
   * @param header what stands before the first row
   * @throws InputException when the job asks for what a pipe cannot give
   */
  StreamTarget(BulkRequest request, PrintWriter out, String header) {
    if (request.format() == RowFormat.PARQUET || request.resume()) {
      throw new InputException(
          "--out: expected a file beside %s, found standard output; give --out FILE"
              .formatted(request.resume() ? "--resume" : "--to parquet"));
    }
    this.out = out;
    this.rejected = request.rejected() == null ? null : SideFile.begin(request.rejected());
    print(header);
  }

  @Override
  public Done done() {
    return Done.NONE;
  }

  @Override
  public void part(String rows, List<InputRow.Rejected> bad, Done now) {
    print(rows);
    if (rejected != null) {
      rejected.append(bad);
    }
  }

  private void print(String text) {
    out.print(text);
    if (out.checkError()) {
      throw new InputException(
          "standard output: cannot be written: its reader has gone; give --out FILE to keep all");
    }
  }

  @Override
  public void finish() {
    if (rejected != null) {
      rejected.finish();
    }
  }

  @Override
  public void discard() {
    if (rejected != null) {
      rejected.discard();
    }
  }

  @Override
  public void close() {
    if (rejected != null) {
      rejected.close();
    }
  }
}

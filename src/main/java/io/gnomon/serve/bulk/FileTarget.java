package io.gnomon.serve.bulk;

import io.gnomon.config.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Files. After each part output and side file are forced to disk, and only then the journal says
 * so: a job that goes on cuts off what stands behind.
 */
final class FileTarget implements RowTarget {
  private final Path output;
  private final Path journal;
  private final Map<String, String> job;
  private final Layout layout;
  private final boolean parquet;
  private final boolean resumable;
  private final PartFile part;
  private final SideFile rejected;
  private final Done done;

  private FileTarget(
      BulkRequest request, Path output, Layout layout, Journal from, boolean resumed) {
    this.output = output;
    this.journal = Journal.beside(output);
    this.job = from.job();
    this.layout = layout;
    this.parquet = request.format() == RowFormat.PARQUET;
    this.resumable = request.resumable();
    this.done = from.done();
    Path side = request.sideFile(output);
    this.part = resumed ? PartFile.resume(output, from.bytes()) : PartFile.begin(output);
    this.rejected = resumed ? SideFile.resume(side, from.rejectedBytes()) : SideFile.begin(side);
  }

  /**
   * Opens the files of a new job, or of one that goes on.
   *
   * @param header what stands before the first row
   * @throws InputException when there is an unfinished job that nobody asked to go on with, or
   *     another than the one asked for
   */
  static FileTarget open(BulkRequest request, Path output, Layout layout, String header) {
    Path file = Journal.beside(output);
    Journal found = Journal.read(file).orElse(null);
    if (found == null) {
      Journal fresh = new Journal(request.job(), Done.NONE, 0, 0);
      FileTarget target = new FileTarget(request, output, layout, fresh, false);
      target.part.append(header);
      target.commit(Done.NONE);
      return target;
    }
    if (!request.resume()) {
      throw new InputException(
          "%s: expected no unfinished job, found one of %d rows; give --resume to go on with it, or delete the file to begin anew"
              .formatted(file, found.done().rows()));
    }
    found.require(request.job(), file);
    return new FileTarget(request, output, layout, found, true);
  }

  @Override
  public Done done() {
    return done;
  }

  @Override
  public void part(String rows, List<InputRow.Rejected> bad, Done now) {
    part.append(rows);
    rejected.append(bad);
    commit(now);
  }

  private void commit(Done rows) {
    Journal now = new Journal(job, rows, part.force(), rejected.force());
    if (resumable) {
      now.write(journal);
    }
  }

  @Override
  public void finish() {
    rejected.finish();
    if (parquet) {
      Path aside = output.resolveSibling(output.getFileName() + ".tmp");
      ParquetFile.write(part.path(), aside, layout);
      PartFile.move(aside, output);
      PartFile.delete(journal);
      part.discard();
    } else {
      part.finish();
      PartFile.delete(journal);
    }
  }

  @Override
  public void discard() {
    PartFile.delete(journal);
    part.discard();
    rejected.discard();
  }

  @Override
  public void close() {
    part.close();
    rejected.close();
  }
}

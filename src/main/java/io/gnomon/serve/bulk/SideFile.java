package io.gnomon.serve.bulk;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Rejected rows, a JSON object a line; there is no file where none was rejected. */
final class SideFile implements AutoCloseable {
  private final Path target;
  private final PartFile part;

  private SideFile(Path target, PartFile part) {
    this.target = target;
    this.part = part;
  }

  static SideFile begin(Path target) {
    return new SideFile(target, PartFile.begin(target));
  }

  static SideFile resume(Path target, long size) {
    return new SideFile(target, size == 0 ? PartFile.begin(target) : PartFile.resume(target, size));
  }

  void append(List<InputRow.Rejected> rejected) {
    part.append(rejected.stream().map(row -> row.json() + "\n").collect(Collectors.joining()));
  }

  long force() {
    return part.force();
  }

  void finish() {
    if (force() > 0) {
      part.finish();
    } else {
      part.discard();
      PartFile.delete(target); // of an earlier job
    }
  }

  void discard() {
    part.discard();
  }

  @Override
  public void close() {
    part.close();
  }
}

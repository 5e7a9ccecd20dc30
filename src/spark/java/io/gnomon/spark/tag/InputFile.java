package io.gnomon.spark.tag;

import io.gnomon.serve.bulk.RowFormat;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * A file of the dataset.
 *
 * @param name as rows and messages have it
 * @param uri where it is
 * @param length in bytes
 * @param format how it holds its rows
 */
record InputFile(String name, String uri, long length, RowFormat format) implements Serializable {
  Path path() {
    return new Path(java.net.URI.create(uri));
  }

  /** The file in slices of {@code bytes}; an empty one has none. */
  List<FileSlice> slices(long bytes) {
    List<FileSlice> slices = new ArrayList<>();
    for (long begin = 0; begin < length; begin += bytes) {
      slices.add(new FileSlice(this, begin, Math.min(length, begin + bytes)));
    }
    return slices;
  }
}

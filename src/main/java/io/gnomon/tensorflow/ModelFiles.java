package io.gnomon.tensorflow;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * The files of a model as it was downloaded, by names with slashes: a folder's, or an archive's.
 */
interface ModelFiles extends AutoCloseable {
  /** Bytes of each file. */
  Map<String, Long> sizes();

  /** A file from its beginning. */
  InputStream open(String name) throws IOException;

  /** Where the file {@code name} lies, for messages. */
  String label(String name);

  /** SHA-256 of what {@code names} were read from. */
  String sha256(List<String> names);

  @Override
  void close();
}

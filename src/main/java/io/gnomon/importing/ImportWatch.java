package io.gnomon.importing;

import io.gnomon.checkpoint.ElementSource;
import io.gnomon.checkpoint.StoredTensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;

/** Counts what is written, block by block, and stops when the listener says so. */
final class ImportWatch {
  private final ImportListener listener;
  private final long total;
  private long done;

  ImportWatch(ImportListener listener, long total) {
    this.listener = listener;
    this.total = total;
  }

  /** So many bytes more are where they belong. */
  void add(long bytes) {
    done += bytes;
    listener.progress(done, total);
  }

  /** The same tensors, watched while they are read; reading them throws when it is to stop. */
  Map<String, StoredTensor> over(Map<String, StoredTensor> tensors) {
    Map<String, StoredTensor> watched = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) ->
            watched.put(name, tensor.mapped(source -> over(source, tensor.type().bytes()))));
    return watched;
  }

  private ElementSource over(ElementSource elements, int bytes) {
    return (from, target, at, count) -> {
      if (listener.stop()) {
        throw new CancellationException("stopped by its listener");
      }
      elements.read(from, target, at, count);
      add((long) count * bytes);
    };
  }
}

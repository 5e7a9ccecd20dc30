package io.gnomon.spark.tag;

import io.gnomon.serve.Tagger;
import io.gnomon.serve.TaggerOptions;
import java.io.Serializable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model as executors have it. Each opens it once, however many tasks it runs, and keeps it as
 * long as it lives.
 *
 * @param folder its files
 * @param threads as {@link TaggerOptions} has them
 * @param topK the same; null for none
 * @param threshold the same; null for none
 * @param thresholds the same
 */
record ModelCopy(
    SentFolder folder,
    int threads,
    @Nullable Integer topK,
    @Nullable Double threshold,
    Map<String, Double> thresholds)
    implements Serializable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelCopy.class);

  /** Of this process. */
  private static final Map<ModelCopy, Tagger> OPEN = new HashMap<>();

  private static int opened;

  static ModelCopy of(SentFolder folder, TaggerOptions options) {
    return new ModelCopy(
        folder,
        options.threads(),
        options.topK().isPresent() ? options.topK().getAsInt() : null,
        options.threshold().isPresent() ? options.threshold().getAsDouble() : null,
        new LinkedHashMap<>(options.thresholds()));
  }

  /** This process's one tagger of the model. */
  Tagger tagger() {
    synchronized (OPEN) {
      return OPEN.computeIfAbsent(known(), any -> open());
    }
  }

  /** The same for every task: its files come to each by other objects. */
  private ModelCopy known() {
    return new ModelCopy(folder.withoutFiles(), threads, topK, threshold, thresholds);
  }

  private Tagger open() {
    opened++;
    LOG.info("opening model {}, the {}. of this executor", folder.digest(), opened);
    return Tagger.load(folder.unpack(), options());
  }

  private TaggerOptions options() {
    return new TaggerOptions(
        threads,
        topK == null ? OptionalInt.empty() : OptionalInt.of(topK),
        threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold),
        thresholds);
  }

  /** Where the driver runs the tasks as well, it is not the executor's end that frees a model. */
  void close() {
    synchronized (OPEN) {
      Tagger tagger = OPEN.remove(known());
      if (tagger != null) {
        tagger.close();
      }
    }
  }

  /** How many models this process has opened. */
  static int opened() {
    synchronized (OPEN) {
      return opened;
    }
  }
}

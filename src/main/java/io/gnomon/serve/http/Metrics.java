package io.gnomon.serve.http;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** What the server counts, in Prometheus' text format. Safe for several threads. */
final class Metrics {
  /** The media type of {@link #text}. */
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final double NANO = 1.0 / TimeUnit.SECONDS.toNanos(1);

  private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
  private final LongAdder texts = new LongAdder();
  private final Histogram requestSeconds =
      new Histogram(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10);
  private final Histogram batchSeconds =
      new Histogram(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10);
  private final Histogram batchTexts = new Histogram(1, 2, 4, 8, 16, 32, 64, 128, 256);

  /** A request was answered, whatever the answer. */
  void request(String path, int status) {
    String labels = "path=\"%s\",status=\"%d\"".formatted(path, status);
    requests.computeIfAbsent(labels, unseen -> new LongAdder()).increment();
  }

  /** How long a request for tags took, from its arrival to the end of its answer. */
  void tagged(double seconds) {
    requestSeconds.record(seconds);
  }

  /** A batch was run. */
  void batch(int size, long nanos) {
    texts.add(size);
    batchTexts.record(size);
    batchSeconds.record(nanos * NANO);
  }

  /**
   * All of it.
   *
   * @param waiting texts in the queue
   * @param room texts that the queue may have
   */
  String text(int waiting, int room) {
    StringBuilder out = new StringBuilder();
    head(out, "requests_total", "counter", "Requests answered, by path and status.");
    requests.forEach(
        (labels, count) ->
            out.append("gnomon_requests_total{%s} %d\n".formatted(labels, count.sum())));
    number(out, "texts_total", "counter", "Texts run through the model.", texts.sum());
    number(out, "queue_texts", "gauge", "Texts that wait to be run.", waiting);
    number(out, "queue_limit_texts", "gauge", "Texts that may wait.", room);
    histogram(out, "batch_texts", "Texts of a batch.", batchTexts);
    histogram(out, "batch_seconds", "Time in the model, a batch.", batchSeconds);
    histogram(
        out, "request_seconds", "Time of a request for tags, whatever its answer.", requestSeconds);
    return out.toString();
  }

  private static void number(StringBuilder out, String name, String type, String help, long value) {
    head(out, name, type, help);
    out.append("gnomon_%s %d\n".formatted(name, value));
  }

  private static void histogram(StringBuilder out, String name, String help, Histogram histogram) {
    head(out, name, "histogram", help);
    histogram.write(out, "gnomon_" + name);
  }

  private static void head(StringBuilder out, String name, String type, String help) {
    out.append("# HELP gnomon_%s %s\n# TYPE gnomon_%s %s\n".formatted(name, help, name, type));
  }
}

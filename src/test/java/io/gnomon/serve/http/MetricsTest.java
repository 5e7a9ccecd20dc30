package io.gnomon.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MetricsTest {
  @Test
  void aHistogramCountsUpToEachBound() {
    Histogram histogram = new Histogram(1, 2.5);
    histogram.record(0.5);
    histogram.record(1);
    histogram.record(2);
    histogram.record(3.25);
    StringBuilder out = new StringBuilder();
    histogram.write(out, "x");
    assertEquals(
        """
        x_bucket{le="1.0"} 2
        x_bucket{le="2.5"} 3
        x_bucket{le="+Inf"} 4
        x_sum 6.75
        x_count 4
        """,
        out.toString());
  }

  @Test
  void theTextHasEveryMetricWithItsType() {
    Metrics metrics = new Metrics();
    metrics.request("/tag", 429);
    metrics.request("/tag", 200);
    metrics.request("/tag", 200);
    metrics.tagged(0.25);
    metrics.batch(3, TimeUnit.MILLISECONDS.toNanos(500));
    metrics.batch(2, TimeUnit.MILLISECONDS.toNanos(1000));
    assertEquals(
        """
        # HELP gnomon_requests_total Requests answered, by path and status.
        # TYPE gnomon_requests_total counter
        gnomon_requests_total{path="/tag",status="200"} 2
        gnomon_requests_total{path="/tag",status="429"} 1
        # HELP gnomon_texts_total Texts run through the model.
        # TYPE gnomon_texts_total counter
        gnomon_texts_total 5
        # HELP gnomon_queue_texts Texts that wait to be run.
        # TYPE gnomon_queue_texts gauge
        gnomon_queue_texts 7
        # HELP gnomon_queue_limit_texts Texts that may wait.
        # TYPE gnomon_queue_limit_texts gauge
        gnomon_queue_limit_texts 11
        # HELP gnomon_batch_texts Texts of a batch.
        # TYPE gnomon_batch_texts histogram
        gnomon_batch_texts_sum 5.0
        gnomon_batch_texts_count 2
        # HELP gnomon_batch_seconds Time in the model, a batch.
        # TYPE gnomon_batch_seconds histogram
        gnomon_batch_seconds_sum 1.5
        gnomon_batch_seconds_count 2
        # HELP gnomon_request_seconds Time of a request for tags, whatever its answer.
        # TYPE gnomon_request_seconds histogram
        gnomon_request_seconds_sum 0.25
        gnomon_request_seconds_count 1
        """,
        metrics.text(7, 11).replaceAll("(?m)^\\w+_bucket.*\n", ""));
  }
}

package io.gnomon.serve.http;

import io.gnomon.serve.TaggerOptions;
import io.gnomon.serve.Tagging;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Three labels, each by itself: of a text of n characters the first has n/16. The text "fail"
 * fails, and "wait" waits until told to go on.
 */
final class FakeModel implements ServedModel {
  static final List<String> LABELS = List.of("long", "dull", "odd");

  private final CountDownLatch waits = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  @Override
  public Info info() {
    return new Info("lengths", true, LABELS, 23, "fp32");
  }

  @Override
  public double[][] probabilities(List<String> texts) {
    if (texts.contains("wait")) {
      waits.countDown();
      await(go);
    }
    if (texts.contains("fail")) {
      throw new IllegalStateException("told to fail");
    }
    return texts.stream()
        .map(text -> new double[] {text.length() / 16.0, 0.5, 0.1f})
        .toArray(double[][]::new);
  }

  /** As many as are asked for, in the order of the labels, from the threshold on. */
  @Override
  public List<Tagging> choose(double[][] probabilities, TaggerOptions options) {
    return List.of(probabilities).stream().map(p -> choose(p, options)).toList();
  }

  private static Tagging choose(double[] p, TaggerOptions options) {
    List<String> chosen =
        LABELS.stream()
            .filter(label -> p[LABELS.indexOf(label)] >= threshold(label, options))
            .limit(options.topK().orElse(3))
            .toList();
    return new Tagging(chosen, Map.of("long", p[0]));
  }

  private static double threshold(String label, TaggerOptions options) {
    return options.thresholds().getOrDefault(label, options.threshold().orElse(0.5));
  }

  /** Comes back when the model is at work on a text that waits. */
  void awaitWork() {
    await(waits);
  }

  void goOn() {
    go.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

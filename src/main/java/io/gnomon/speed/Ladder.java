package io.gnomon.speed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.core.Linear;
import io.gnomon.nn.Decoder;
import io.gnomon.nn.DecoderParameters;
import io.gnomon.nn.DecoderShape;
import io.gnomon.nn.KeyValueCache;
import io.gnomon.tensor.Precision;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The teacher's answers to one batch, computed ever more cleverly: each rung adds one idea to the
 * one before, and all give the same class probabilities.
 */
final class Ladder implements AutoCloseable {
  private final MeasuredTeacher subject;
  private final Batch batch;
  private final PlainDecoder plain;
  private final PlainDecoder.@Nullable Past past;
  private final KeyValueCache wideCache;
  private final KeyValueCache narrowCache;
  private final Decoder wide;
  private final Decoder narrow;
  private final NDManager manager;
  private final NDArray rows;
  private final NDArray words;

  /**
   * One way.
   *
   * @param name what it adds
   * @param precision of its products
   * @param flops operations of a batch, by {@link Flops}
   * @param answer B·K class probabilities, row-major, on the host
   */
  record Way(String name, Precision precision, double flops, Supplier<float[]> answer) {
    /** Computes the answer for the time it takes. */
    void run() {
      float[] unused = answer.get();
    }
  }

  Ladder(MeasuredTeacher subject, Batch batch) {
    this.subject = subject;
    this.batch = batch;
    this.manager = subject.manager().newSubManager();
    this.plain = new PlainDecoder(subject.wide());
    this.wide = Decoder.frozen(subject.wide());
    this.narrow = Decoder.frozen(subject.narrow());
    this.past = batch.prefixLength() == 0 ? null : plain.past(batch.prefix());
    this.wideCache = wide.cache(batch.prefix());
    this.narrowCache = narrow.cache(batch.prefix());
    this.words = manager.create(batch.words());
    this.rows = subject.output().get(words);
    rows.attach(manager);
  }

  List<Way> ways() {
    return Stream.concat(everyPosition().stream(), lastPosition().stream()).toList();
  }

  private int positions() {
    return batch.prefixLength() + batch.length();
  }

  private List<Way> everyPosition() {
    DecoderShape s = subject.shape();
    int b = batch.rows();
    int t = batch.length();
    int all = positions();
    double vocabulary = s.vocabulary();
    double cached = Flops.layers(s, b, t, all);
    return List.of(
        new Way(
            "plain forward",
            Precision.FP32,
            Flops.layers(s, b, all, all) + Flops.readOut(s, (double) b * all, vocabulary),
            () -> plain(false, false, false)),
        new Way(
            "+ prefix cache",
            Precision.FP32,
            cached + Flops.readOut(s, (double) b * t, vocabulary),
            () -> plain(true, false, false)),
        new Way(
            "+ verbalizer rows",
            Precision.FP32,
            cached + Flops.readOut(s, (double) b * t, Batch.CLASSES),
            () -> plain(true, true, false)));
  }

  private List<Way> lastPosition() {
    DecoderShape s = subject.shape();
    int b = batch.rows();
    double last =
        Flops.layersForLast(s, b, batch.length(), positions()) + Flops.readOut(s, b, Batch.CLASSES);
    DecoderParameters narrowed = subject.narrow();
    return List.of(
        new Way("+ last position", Precision.FP32, last, () -> plain(true, true, true)),
        new Way("+ kernels", Precision.FP32, last, () -> kernels(wide, wideCache)),
        new Way(
            "+ " + narrowed.precision().name().toLowerCase(Locale.ROOT),
            narrowed.precision(),
            last,
            () -> kernels(narrow, narrowCache)));
  }

  private float[] plain(boolean cached, boolean rowsOnly, boolean lastOnly) {
    try (NDManager local = manager.newSubManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray x = batch.x().duplicate();
      x.attach(local);
      PlainDecoder.Past before = cached ? past : null;
      if (!cached && batch.prefixLength() > 0) {
        x = batch.prefix().repeat(0, batch.rows()).concat(x, 1);
        x.attach(local);
      }
      NDArray y = plain.forward(x, before, lastOnly); // (B, S or 1, D)
      NDArray matrix = rowsOnly ? rows : subject.output();
      NDArray logits = Linear.linear(y, matrix).singletonOrThrow();
      long at = logits.getShape().get(1) - 1;
      NDArray last = logits.get(new NDIndex(":, {}", at)); // (B, V or K)
      NDArray read = rowsOnly ? last : last.transpose().get(words).transpose(); // (B, K)
      return read.softmax(-1).toFloatArray();
    }
  }

  private float[] kernels(Decoder decoder, KeyValueCache cache) {
    try (NDManager local = manager.newSubManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray x = batch.x().duplicate();
      x.attach(local);
      NDArray last = decoder.last(x, cache); // (B, D)
      return decoder.readOut(last, rows).softmax(-1).toFloatArray();
    }
  }

  /** The largest difference of two answers in any place. */
  static double largestDifference(float[] one, float[] other) {
    double largest = 0;
    for (int i = 0; i < one.length; i++) {
      // Not Math.max: a NaN must not be lost.
      double difference = Math.abs((double) one[i] - other[i]);
      largest = difference > largest || Double.isNaN(difference) ? difference : largest;
    }
    return largest;
  }

  @Override
  public void close() {
    wideCache.close();
    narrowCache.close();
    if (past != null) {
      past.close();
    }
    plain.close();
    manager.close();
  }
}

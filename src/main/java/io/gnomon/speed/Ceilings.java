package io.gnomon.speed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.gnomon.geometry.Spread;
import io.gnomon.nn.DecoderShape;
import io.gnomon.tensor.Kernels;
import io.gnomon.tensor.Precision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The machine's ceiling: the matrix products of one decoder layer, nothing else, each repeated
 * until it is long enough to time. What runs faster than this is measured wrongly.
 */
final class Ceilings implements AutoCloseable {
  /** Operations that one timing takes at least, so that a clock's tick and a call do not count. */
  private static final double ENOUGH = 4e10;

  private static final int MOST_REPEATS = 16;
  private static final double GIGA = 1e9;

  private final NDManager manager;
  private final List<Product> products = new ArrayList<>();

  private record Product(
      String name,
      Precision precision,
      long rows,
      long inner,
      long outer,
      NDArray x,
      NDArray weight) {
    double flops() {
      return 2.0 * rows * inner * outer;
    }

    int repeats() {
      return (int) Math.max(1, Math.min(MOST_REPEATS, Math.ceil(ENOUGH / flops())));
    }

    String key() {
      return "ceiling " + precision + " " + name;
    }
  }

  /**
   * Prepares the products of {@code rows} vectors.
   *
   * @param parent where they lie
   */
  Ceilings(NDManager parent, DecoderShape shape, long rows, Collection<Precision> precisions) {
    this.manager = parent.newSubManager();
    long query = (long) shape.heads() * shape.headDimension();
    long key = (long) shape.keyValueHeads() * shape.headDimension();
    long width = shape.hidden();
    for (Precision precision : precisions) {
      add("queries, keys, values", precision, rows, width, query + 2 * key);
      add("attention output", precision, rows, query, width);
      add("gate, up", precision, rows, width, 2L * shape.feedForward());
      add("down", precision, rows, shape.feedForward(), width);
    }
  }

  private void add(String name, Precision precision, long rows, long inner, long outer) {
    NDArray x = normal(precision, rows, inner);
    NDArray weight = normal(precision, outer, inner);
    products.add(new Product(name, precision, rows, inner, outer, x, weight));
  }

  private NDArray normal(Precision precision, long rows, long columns) {
    NDArray wide = manager.randomNormal(0, 1, new Shape(rows, columns), DataType.FLOAT32);
    if (precision == Precision.FP32) {
      return wide;
    }
    try (wide) {
      return kernels(precision).callOne("cast", false, wide);
    }
  }

  private static Kernels kernels(Precision precision) {
    return Kernels.load(
        Ceilings.class, "speed.ts.py", Map.of("TYPE", Integer.toString(precision.scalarType())));
  }

  /** Adds every product to {@code rounds}. */
  void addTo(Rounds rounds) {
    products.forEach(product -> rounds.add(product.key(), () -> run(product)));
  }

  private static void run(Product product) {
    Kernels kernels = kernels(product.precision());
    for (int i = 1; i < product.repeats(); i++) {
      kernels.callOne("product", false, product.x(), product.weight()).close();
    }
    try (NDArray y = kernels.callOne("product", false, product.x(), product.weight());
        NDArray number = kernels.callOne("number", false, y)) {
      number.getFloat();
    }
  }

  /** Operations a second in {@code precision} over one whole layer, by round. */
  double[] flopsPerSecond(Precision precision, Map<String, Series> series) {
    double work = 0;
    double[] seconds = new double[0];
    for (Product product : of(precision)) {
      work += product.flops();
      double[] own = series(product, series).totals();
      seconds = seconds.length == 0 ? new double[own.length] : seconds;
      for (int i = 0; i < own.length; i++) {
        seconds[i] += own[i] / product.repeats();
      }
    }
    double[] rates = new double[seconds.length];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = work / seconds[i];
    }
    return rates;
  }

  /** The report's row of {@code precision}. */
  SpeedReport.Ceiling report(Precision precision, Map<String, Series> series) {
    double[] layer = flopsPerSecond(precision, series);
    for (int i = 0; i < layer.length; i++) {
      layer[i] /= GIGA;
    }
    return new SpeedReport.Ceiling(
        precision.name().toLowerCase(Locale.ROOT),
        Spread.of(layer),
        of(precision).stream()
            .map(
                p ->
                    new SpeedReport.Product(
                        p.name(),
                        p.rows(),
                        p.inner(),
                        p.outer(),
                        series(p, series).rate(p.flops() * p.repeats() / GIGA)))
            .toList());
  }

  private List<Product> of(Precision precision) {
    return products.stream().filter(product -> product.precision() == precision).toList();
  }

  private static Series series(Product product, Map<String, Series> series) {
    Series own = series.get(product.key());
    if (own == null) {
      throw new IllegalArgumentException("not timed: " + product.key());
    }
    return own;
  }

  @Override
  public void close() {
    manager.close();
  }
}

package io.gnomon.speed;

import io.gnomon.geometry.Spread;
import io.gnomon.provenance.Provenance;
import java.util.List;

/**
 * What {@code gnomon speed} found. Rates are per second; a spread is over interleaved rounds.
 *
 * @param provenance with which program, and where
 * @param setting what was measured
 * @param ceiling the fastest matrix products, a precision each
 * @param teacher the ladder, the plain forward first
 * @param student the training step, a precision each
 * @param sampler drawing the inputs
 * @param growth rates as one size changes; empty unless asked for
 */
public record SpeedReport(
    Provenance provenance,
    Setting setting,
    List<Ceiling> ceiling,
    List<Rung> teacher,
    List<Step> student,
    Sampling sampler,
    List<Growth> growth) {

  /** The sizes. */
  public record Setting(
      String teacher,
      long parameters,
      int hidden,
      int layers,
      int prefix,
      int length,
      int batch,
      int rounds) {}

  /**
   * The ceiling of one precision.
   *
   * @param precision {@code fp32}, {@code bf16} or {@code fp16}
   * @param gigaflops billions of operations a second over all products of one layer
   * @param products each product
   */
  public record Ceiling(String precision, Spread gigaflops, List<Product> products) {}

  /** One product, (rows, inner) by (inner, outer). */
  public record Product(String name, long rows, long inner, long outer, Spread gigaflops) {}

  /**
   * One way to the same answers.
   *
   * @param name what it adds to the one before
   * @param precision of its products
   * @param seconds of a batch
   * @param samplesPerSecond inputs a second
   * @param gigaflop billions of operations that a batch takes this way
   * @param gigaflops billions of operations a second
   * @param ratio times faster than the first, the median of the ratios within a round
   * @param ceilingShare {@code gigaflops} over its precision's ceiling, likewise
   * @param largestDifference of any class probability from the first's
   */
  public record Rung(
      String name,
      String precision,
      Spread seconds,
      Spread samplesPerSecond,
      double gigaflop,
      Spread gigaflops,
      double ratio,
      double ceilingShare,
      double largestDifference) {}

  /**
   * The student's training step in one precision.
   *
   * @param forward seconds of logits and loss
   * @param backward seconds of the gradients
   * @param optimizer seconds of clipping, update and zeroing
   * @param seconds of all three
   * @param ratio times faster than in float32, the median of the ratios within a round
   */
  public record Step(
      String precision,
      int hidden,
      int layers,
      Spread forward,
      Spread backward,
      Spread optimizer,
      Spread seconds,
      Spread samplesPerSecond,
      Spread gigaflops,
      double ratio) {}

  /** The sampler. */
  public record Sampling(String kind, Spread seconds, Spread samplesPerSecond) {}

  /**
   * A rate at another size, all others as in the setting.
   *
   * @param part {@code teacher}, {@code student} or {@code sampler}
   * @param size {@code length}, {@code prefix}, {@code batch} or {@code width}
   */
  public record Growth(String part, String size, int value, Spread samplesPerSecond) {}
}

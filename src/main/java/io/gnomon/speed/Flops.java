package io.gnomon.speed;

import io.gnomon.nn.DecoderShape;
import io.gnomon.nn.EncoderShape;
import io.gnomon.student.StaticShape;

/**
 * Floating-point operations by formula, a multiplication and an addition counted as two. Only
 * matrix products count, and only those that a way really computes: what a cache or the last
 * position saves is not credited as work done. Norms, rotations, activations and the softmax are
 * left out, so that a share of the ceiling below one holds them and all other overhead.
 *
 * <p>B rows, T inputs, P prefix positions, D width, H heads, G key/value heads, E head width, F
 * feed-forward width, V vocabulary, R rows of the read-out, L layers.
 */
public final class Flops {
  private Flops() {}

  /** Products of {@code rows} vectors with all weights of one layer: 2·rows·D·((2H + 2G)E + 3F). */
  public static double layer(DecoderShape s, double rows) {
    double query = (double) s.heads() * s.headDimension();
    double key = (double) s.keyValueHeads() * s.headDimension();
    return 2 * rows * s.hidden() * (2 * query + 2 * key + 3.0 * s.feedForward());
  }

  /**
   * Scores and mixture of one layer: 4·B·H·E·queries·keys. What the causal mask hides is computed
   * and so counted.
   */
  public static double attention(DecoderShape s, double batch, double queries, double keys) {
    return 4 * batch * s.heads() * s.headDimension() * queries * keys;
  }

  /** The read-out of {@code rows} vectors to {@code words} logits: 2·rows·D·words. */
  public static double readOut(DecoderShape s, double rows, double words) {
    return 2 * rows * s.hidden() * words;
  }

  /** Every layer at {@code length} positions a row, attending to {@code keys}. */
  static double layers(DecoderShape s, double batch, double length, double keys) {
    return s.layers() * (layer(s, batch * length) + attention(s, batch, length, keys));
  }

  /**
   * As {@link #layers}, but for the last layer: keys and values of all positions, queries, output
   * and feed-forward of the last alone.
   */
  static double layersForLast(DecoderShape s, double batch, double length, double keys) {
    double before =
        (s.layers() - 1) * (layer(s, batch * length) + attention(s, batch, length, keys));
    double keyValue = 2 * batch * length * s.hidden() * 2.0 * s.keyValueHeads() * s.headDimension();
    double query = 2 * batch * s.hidden() * 2.0 * s.heads() * s.headDimension();
    double feedForward = 2 * batch * s.hidden() * 3.0 * s.feedForward();
    return before + keyValue + query + feedForward + attention(s, batch, 1, keys);
  }

  /**
   * A student's training step: the forward's products once, and twice more in the backward. The
   * last layer computes queries, output and feed-forward for the start vector alone.
   *
   * @param embedding d, the width of the inputs; mapped where it is not D
   */
  public static double studentStep(EncoderShape s, double batch, double length, int embedding) {
    double positions = length + 1;
    double width = s.hidden();
    double keyValue = 2 * batch * positions * width * 2 * width;
    double rest = 2 * batch * width * (2 * width + 2.0 * s.feedForward());
    double attention = 4 * batch * width * positions;
    double all = (s.layers() - 1) * (keyValue + rest * positions + attention * positions);
    double last = keyValue + rest + attention;
    double map = embedding == s.hidden() ? 0 : 2 * batch * length * width * embedding;
    double head = 2 * batch * width * width;
    return 3 * (all + last + map + head);
  }

  /**
   * A training step of a student that pools: map and hidden layer in the forward and for their
   * weights' gradients; what flows on to the pooled features, but not to the inputs.
   */
  public static double studentStep(StaticShape s, double batch, double length) {
    double map = 2 * batch * length * s.embedding() * s.features();
    double head = 2 * batch * 2 * s.features() * s.hidden();
    return 2 * map + 3 * head;
  }
}

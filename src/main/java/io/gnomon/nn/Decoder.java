package io.gnomon.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gnomon.tensor.Precision;
import java.util.List;
import java.util.function.Function;

/**
 * The layers of a causal decoder (Llama 2 and 3, Mistral, Qwen 2) over {@link DecoderParameters}:
 * no embedding, no vocabulary; vectors in, vectors out. Safe for several threads while the weights
 * rest.
 */
public final class Decoder {
  /**
   * Scores up to which attention is two products and no fused kernel. 32 MiB of them in bfloat16:
   * about a last-level cache.
   */
  private static final int FEW_SCORES = 1 << 24;

  private final DecoderParameters parameters;
  private final Precision precision;
  private final DecoderKernels kernels;
  private final LayerStack stack;
  private final AttentionWindows windows;

  /** A decoder that only answers. */
  public static Decoder frozen(DecoderParameters parameters) {
    Precision precision = parameters.precision();
    // A card's fused kernel is always the faster.
    int few = parameters.manager().getDevice().isGpu() ? 0 : FEW_SCORES;
    return new Decoder(
        parameters, precision, DecoderKernels.frozen(parameters.shape(), precision, few));
  }

  /** A decoder whose calls carry gradients, with {@code dropout} on both residual branches. */
  public static Decoder trainable(DecoderParameters parameters, double dropout) {
    return trainable(parameters, dropout, Precision.FP32);
  }

  /**
   * As {@link #trainable(DecoderParameters, double)} with products in {@code precision} while the
   * weights stay float32; call {@link #now} in each step.
   */
  public static Decoder trainable(
      DecoderParameters parameters, double dropout, Precision precision) {
    // The fused kernel at any size: it need not keep the scores for the way back.
    return new Decoder(
        parameters, precision, DecoderKernels.trainable(parameters.shape(), precision, dropout));
  }

  private Decoder(DecoderParameters parameters, Precision precision, DecoderKernels kernels) {
    this.parameters = parameters;
    this.precision = precision;
    this.kernels = kernels;
    this.stack = new LayerStack(kernels, parameters.layers());
    this.windows = new AttentionWindows(parameters.shape(), kernels);
  }

  private Decoder(Decoder like, List<DecoderLayer> layers) {
    this.parameters = like.parameters;
    this.precision = like.precision;
    this.kernels = like.kernels;
    this.stack = new LayerStack(like.kernels, layers);
    this.windows = like.windows;
  }

  /**
   * The decoder of one step: on its weights as they are now, in the precision of its products,
   * gradients flowing through the cast. The casts belong to the scope of the caller's step.
   */
  public Decoder now() {
    return precision == parameters.precision() ? this : over(parameters.arrays()::get);
  }

  /** As {@link #now} on the joined weights that {@code weights} gives for their names. */
  Decoder over(Function<String, NDArray> weights) {
    return new Decoder(this, parameters.layers(name -> narrow(name, weights.apply(name))));
  }

  private NDArray narrow(String name, NDArray weight) {
    return precision == parameters.precision() || !DecoderParameters.narrows(name, weight)
        ? weight
        : kernels.cast(weight);
  }

  /** The decoder's shape. */
  public DecoderShape shape() {
    return parameters.shape();
  }

  /**
   * Runs {@code x} once and keeps its keys and values; those of a trainable decoder carry gradients
   * back to its weights and to x.
   *
   * @param x (1, P, D); P may be 0
   */
  public KeyValueCache cache(NDArray x) {
    return prefill().of(x, parameters.manager().newSubManager());
  }

  Prefill prefill() {
    return new Prefill(shape(), stack, windows);
  }

  LayerStack stack() {
    return stack;
  }

  AttentionWindows windows() {
    return windows;
  }

  /**
   * The last layer's output at the last position, not yet normed.
   *
   * @param x (B, S, D), behind {@code past}
   * @return (B, D), in x's manager
   */
  public NDArray last(NDArray x, KeyValueCache past) {
    try (AttentionWindow window = windows.causal(x, past, x.getManager())) {
      return last(x, past, window);
    }
  }

  /**
   * As {@link #last(NDArray, KeyValueCache)} where row i of x holds {@code lengths[i]} vectors,
   * padding on the right up to S − suffix, and {@code suffix} vectors that close every row.
   *
   * @param suffix at least 1: the last position must be no row's padding
   */
  public NDArray last(NDArray x, KeyValueCache past, int[] lengths, int suffix) {
    try (AttentionWindow window = windows.padded(x, past, lengths, suffix)) {
      return last(x, past, window);
    }
  }

  private NDArray last(NDArray x, KeyValueCache past, AttentionWindow window) {
    try (NDManager scope = x.getManager().newSubManager()) {
      NDArray y = stack.last(x, window, past, scope);
      y.attach(scope);
      NDArray flat = y.reshape(x.getShape().get(0), shape().hidden());
      flat.attach(x.getManager());
      return flat;
    }
  }

  /**
   * The last layer's output at every position, not yet normed.
   *
   * @param x (B, S, D), behind {@code past}
   * @return (B, S, D), in x's manager
   */
  public NDArray all(NDArray x, KeyValueCache past) {
    try (AttentionWindow window = windows.causal(x, past, x.getManager())) {
      return all(x, past, window);
    }
  }

  /**
   * As {@link #all(NDArray, KeyValueCache)} of rows laid out as {@link #last(NDArray,
   * KeyValueCache, int[], int)} takes them; at padding the output means nothing.
   */
  public NDArray all(NDArray x, KeyValueCache past, int[] lengths, int suffix) {
    try (AttentionWindow window = windows.padded(x, past, lengths, suffix)) {
      return all(x, past, window);
    }
  }

  private NDArray all(NDArray x, KeyValueCache past, AttentionWindow window) {
    try (NDManager scope = x.getManager().newSubManager()) {
      NDArray y = stack.all(x, window, past, scope);
      y.attach(x.getManager());
      return y;
    }
  }

  /**
   * Logits of {@code rows} of the output matrix.
   *
   * @param x (…, D) as {@link #last} or {@link #all} gave it
   * @param rows (R, D) float32
   * @return (…, R) float32
   */
  public NDArray readOut(NDArray x, NDArray rows) {
    return kernels.readOut(x, parameters.norm(), rows);
  }

  /**
   * Room for {@code rows} sequences that begin with what {@code past} holds.
   *
   * @param past of one row
   * @param more positions that each may grow by
   * @throws io.gnomon.config.InputException when these are more than the decoder has
   */
  public Continuations continuations(KeyValueCache past, int rows, int more) {
    NDManager owner = parameters.manager().newSubManager();
    try {
      return new Continuations(this, owner, past, rows, more);
    } catch (RuntimeException e) {
      owner.close();
      throw e;
    }
  }
}

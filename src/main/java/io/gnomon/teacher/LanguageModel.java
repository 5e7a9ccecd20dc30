package io.gnomon.teacher;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.gnomon.config.InputException;
import io.gnomon.nn.Decoder;
import io.gnomon.nn.DecoderParameters;
import io.gnomon.nn.DecoderShape;
import io.gnomon.nn.KeyValueCache;
import io.gnomon.tensor.Precision;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A causal language model read from a Hugging Face folder: decoder, embedding table, output matrix
 * and tokenizer. Frozen: no weight requires a gradient.
 */
public final class LanguageModel implements AutoCloseable {
  private static final String HEAD = "lm_head.weight";

  private final EmbeddingSpace space;
  private final Decoder decoder;
  private final DecoderParameters parameters;
  private @Nullable NDArray outputMatrix;
  private @Nullable Decoder differentiable;

  private LanguageModel(EmbeddingSpace space, Precision precision) {
    this.space = space;
    this.parameters =
        DecoderParameters.read(space.shape(), space.source(), space.manager(), precision);
    this.decoder = Decoder.frozen(parameters);
  }

  /**
   * Reads the model.
   *
   * @param path a folder, or {@code embedded:pocket}
   * @throws io.gnomon.config.InputException when a file is missing, damaged or of a family that is
   *     not read
   */
  public static LanguageModel load(String path, Precision precision, Device device) {
    return load(EmbeddingSpace.open(path, device), precision);
  }

  /**
   * Reads the rest of the model whose embeddings are there already.
   *
   * @param space closed with the model from now on, and at once when reading fails
   * @throws io.gnomon.config.InputException as {@link #load(String, Precision, Device)}
   */
  public static LanguageModel load(EmbeddingSpace space, Precision precision) {
    try {
      return new LanguageModel(space, precision);
    } catch (RuntimeException e) {
      space.close();
      throw e;
    }
  }

  /** The embeddings and the tokenizer, which need no decoder. */
  public EmbeddingSpace space() {
    return space;
  }

  /** The decoder's shape. */
  public DecoderShape shape() {
    return parameters.shape();
  }

  /** The decoder. */
  public Decoder decoder() {
    return decoder;
  }

  /**
   * The decoder whose calls carry gradients to their inputs, made at first use. It is the same
   * weights, none of which requires a gradient, in kernels that round otherwise.
   */
  synchronized Decoder differentiable() {
    if (differentiable == null) {
      differentiable = Decoder.trainable(parameters, 0, parameters.precision());
    }
    return differentiable;
  }

  /** The token embeddings, which samplers and students share. */
  public EmbeddingTable embeddings() {
    return space.embeddings();
  }

  /**
   * The tokenizer, opened at first use: ids alone need none.
   *
   * @throws io.gnomon.config.InputException when the folder has no usable tokenizer.json
   */
  public Tokenizer tokenizer() {
    return space.tokenizer();
  }

  /** Every weight of the decoder. */
  public DecoderParameters parameters() {
    return parameters;
  }

  /** Owner of what lives as long as the model. */
  public NDManager manager() {
    return space.manager();
  }

  /** The folder it was read from. */
  public Path folder() {
    return space.folder();
  }

  /** The embeddings of {@code ids}, of which there may be none: (1, T, d) in {@code manager}. */
  NDArray embed(NDManager manager, long... ids) {
    return ids.length == 0
        ? manager.create(new Shape(1, 0, shape().hidden()), DataType.FLOAT32)
        : embeddings().lookup(manager, new long[][] {ids});
  }

  /**
   * Rows of the output matrix.
   *
   * @param ids R token ids
   * @return (R, D) float32, owned by the caller through the model's manager
   */
  public NDArray outputRows(long... ids) {
    if (shape().tied()) {
      try (NDArray index = manager().create(ids)) {
        return embeddings().weight().get(index);
      }
    }
    space.source().require(HEAD, shape().vocabulary(), shape().hidden());
    float[] all = space.source().floats(HEAD);
    int width = shape().hidden();
    float[] rows = new float[ids.length * width];
    for (int i = 0; i < ids.length; i++) {
      System.arraycopy(all, Math.toIntExact(ids[i] * width), rows, i * width, width);
    }
    return manager().create(rows, new Shape(ids.length, width));
  }

  /** The whole output matrix (V, D) float32, read at first use: no projection needs it. */
  public synchronized NDArray outputMatrix() {
    if (outputMatrix == null) {
      outputMatrix = shape().tied() ? embeddings().weight() : space.matrix(HEAD);
    }
    return outputMatrix;
  }

  /**
   * Next-token logits behind {@code ids}, over the whole vocabulary.
   *
   * @return V logits
   * @throws InputException when there is no id, one is outside the vocabulary, or there are more
   *     than the model has positions
   */
  public float[] nextTokenLogits(long[] ids) {
    check(ids);
    try (NDScope scope = new NDScope();
        NDManager local = manager().newSubManager()) {
      scope.suppressNotUsedWarning();
      return logits(embed(local, ids), local);
    }
  }

  private void check(long[] ids) {
    if (ids.length == 0) {
      throw new InputException("input: expected at least one token, found none; give a text");
    }
    for (long id : ids) {
      if (id < 0 || id >= shape().vocabulary()) {
        throw new InputException(
            "input: expected token ids from 0 to %d, found %d; give ids of this model's tokenizer"
                .formatted(shape().vocabulary() - 1, id));
      }
    }
  }

  private float[] logits(NDArray input, NDManager local) {
    try (KeyValueCache none = decoder.cache(embed(local))) {
      return decoder.readOut(decoder.last(input, none), outputMatrix()).toFloatArray();
    }
  }

  /** SHA-256 over the weights: names what a run was taught by. */
  public String sha256() {
    return space.sha256();
  }

  @Override
  public void close() {
    parameters.close();
    space.close();
  }
}

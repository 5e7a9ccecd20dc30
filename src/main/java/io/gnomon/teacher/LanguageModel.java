package io.gnomon.teacher;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.gnomon.checkpoint.SafetensorsFolder;
import io.gnomon.checkpoint.Sha256;
import io.gnomon.checkpoint.TensorSource;
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
  private static final String EMBEDDINGS = "model.embed_tokens.weight";
  private static final String HEAD = "lm_head.weight";

  private final Path folder;
  private final NDManager manager;
  private final TensorSource source;
  private @Nullable Tokenizer tokenizer;
  private final Decoder decoder;
  private final DecoderParameters parameters;
  private final EmbeddingTable embeddings;
  private @Nullable NDArray outputMatrix;
  private @Nullable String sha256;

  private LanguageModel(Path folder, Precision precision, Device device) {
    this.folder = folder;
    DecoderShape shape = CheckpointConfig.read(folder);
    this.source = SafetensorsFolder.open(folder);
    this.manager = NDManager.newBaseManager(device, "PyTorch");
    try {
      this.parameters = DecoderParameters.read(shape, source, manager, precision);
      this.decoder = Decoder.frozen(parameters);
      this.embeddings = new EmbeddingTable(matrix(EMBEDDINGS, shape));
    } catch (RuntimeException e) {
      manager.close();
      source.close();
      throw e;
    }
  }

  /**
   * Reads the model.
   *
   * @param path a folder, or {@code embedded:pocket}
   * @throws io.gnomon.config.InputException when a file is missing, damaged or of a family that is
   *     not read
   */
  public static LanguageModel load(String path, Precision precision, Device device) {
    return new LanguageModel(TeacherFolder.resolve(path), precision, device);
  }

  private NDArray matrix(String name, DecoderShape shape) {
    source.require(name, shape.vocabulary(), shape.hidden());
    NDArray array =
        manager.create(source.floats(name), new Shape(shape.vocabulary(), shape.hidden()));
    NDScope.unregister(array);
    return array;
  }

  /** The decoder's shape. */
  public DecoderShape shape() {
    return parameters.shape();
  }

  /** The decoder. */
  public Decoder decoder() {
    return decoder;
  }

  /** The token embeddings, which samplers and students share. */
  public EmbeddingTable embeddings() {
    return embeddings;
  }

  /**
   * The tokenizer, opened at first use: ids alone need none.
   *
   * @throws io.gnomon.config.InputException when the folder has no usable tokenizer.json
   */
  public synchronized Tokenizer tokenizer() {
    if (tokenizer == null) {
      tokenizer = Tokenizer.open(folder);
    }
    return tokenizer;
  }

  /** Every weight of the decoder. */
  public DecoderParameters parameters() {
    return parameters;
  }

  /** Owner of what lives as long as the model. */
  public NDManager manager() {
    return manager;
  }

  /** The folder it was read from. */
  public Path folder() {
    return folder;
  }

  /**
   * Rows of the output matrix.
   *
   * @param ids R token ids
   * @return (R, D) float32, owned by the caller through the model's manager
   */
  public NDArray outputRows(long... ids) {
    if (shape().tied()) {
      try (NDArray index = manager.create(ids)) {
        return embeddings.weight().get(index);
      }
    }
    source.require(HEAD, shape().vocabulary(), shape().hidden());
    float[] all = source.floats(HEAD);
    int width = shape().hidden();
    float[] rows = new float[ids.length * width];
    for (int i = 0; i < ids.length; i++) {
      System.arraycopy(all, Math.toIntExact(ids[i] * width), rows, i * width, width);
    }
    return manager.create(rows, new Shape(ids.length, width));
  }

  /** The whole output matrix (V, D) float32, read at first use: no projection needs it. */
  public synchronized NDArray outputMatrix() {
    if (outputMatrix == null) {
      outputMatrix = shape().tied() ? embeddings.weight() : matrix(HEAD, shape());
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
        NDManager local = manager.newSubManager()) {
      scope.suppressNotUsedWarning();
      NDArray input = embeddings.lookup(local, new long[][] {ids});
      return logits(input, local);
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
    NDArray nothing = local.create(new Shape(1, 0, shape().hidden()));
    try (KeyValueCache none = decoder.cache(nothing)) {
      return decoder.readOut(decoder.last(input, none), outputMatrix()).toFloatArray();
    }
  }

  /** SHA-256 over the weights: names what a run was taught by. */
  public synchronized String sha256() {
    if (sha256 == null) {
      sha256 = Sha256.ofFolder(folder);
    }
    return sha256;
  }

  @Override
  public void close() {
    if (tokenizer != null) {
      tokenizer.close();
    }
    parameters.close();
    manager.close();
    source.close();
  }
}

package io.gnomon.teacher;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.gnomon.checkpoint.SafetensorsFolder;
import io.gnomon.checkpoint.Sha256;
import io.gnomon.checkpoint.TensorSource;
import io.gnomon.config.TaskConfig;
import io.gnomon.nn.DecoderShape;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What inputs are made of: a language model's embedding table and tokenizer, without its decoder.
 * Samplers and students need no more of a teacher than this.
 */
public final class EmbeddingSpace implements AutoCloseable {
  private static final String EMBEDDINGS = "model.embed_tokens.weight";

  private final Path folder;
  private final DecoderShape shape;
  private final TensorSource source;
  private final NDManager manager;
  private final EmbeddingTable embeddings;
  private @Nullable Tokenizer tokenizer;
  private @Nullable String sha256;
  private boolean closed;

  private EmbeddingSpace(Path folder, Device device) {
    this.folder = folder;
    this.shape = CheckpointConfig.read(folder);
    this.source = SafetensorsFolder.open(folder);
    this.manager = NDManager.newBaseManager(device, "PyTorch");
    try {
      this.embeddings = new EmbeddingTable(matrix(EMBEDDINGS));
    } catch (RuntimeException e) {
      manager.close();
      source.close();
      throw e;
    }
  }

  /**
   * Reads the table.
   *
   * @param path a folder, or {@code embedded:pocket}
   * @throws io.gnomon.config.InputException when a file is missing, damaged or of a family that is
   *     not read
   */
  public static EmbeddingSpace open(String path, Device device) {
    return new EmbeddingSpace(TeacherFolder.resolve(path), device);
  }

  /** The tensor {@code name} as (V, D) float32, owned by {@link #manager}. */
  NDArray matrix(String name) {
    source.require(name, shape.vocabulary(), shape.hidden());
    NDArray array =
        manager.create(source.floats(name), new Shape(shape.vocabulary(), shape.hidden()));
    NDScope.unregister(array);
    return array;
  }

  /** The decoder's shape. */
  public DecoderShape shape() {
    return shape;
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

  /** Most vectors an input may have at the prompt of {@code task}. */
  public int room(TaskConfig task) {
    return shape.maxPositions() - PromptTokens.longest(task, tokenizer()).length();
  }

  /** SHA-256 over the weights: names what a run was taught by. */
  public synchronized String sha256() {
    if (sha256 == null) {
      sha256 = Sha256.ofFolder(folder);
    }
    return sha256;
  }

  /** The folder it was read from. */
  public Path folder() {
    return folder;
  }

  /** Owner of what lives as long as the table. */
  public NDManager manager() {
    return manager;
  }

  /** All tensors of the folder. */
  TensorSource source() {
    return source;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (tokenizer != null) {
      tokenizer.close();
    }
    manager.close();
    source.close();
  }
}

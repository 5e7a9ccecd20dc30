package io.gnomon.teach;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.gnomon.checkpoint.SafetensorsFolder;
import io.gnomon.checkpoint.TensorSource;
import io.gnomon.config.TeachConfig.LossConfig;
import io.gnomon.nn.Decoder;
import io.gnomon.nn.DecoderParameters;
import io.gnomon.nn.DecoderShape;
import io.gnomon.nn.KeyValueCache;
import io.gnomon.nn.Parameters;
import io.gnomon.tensor.Kernels;
import io.gnomon.tensor.Precision;
import io.gnomon.tensor.Seeds;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** A language model under training: decoder, embedding table and, where untied, output matrix. */
final class Pupil implements AutoCloseable {
  static final String EMBEDDINGS = "model.embed_tokens.weight";
  static final String HEAD = "lm_head.weight";
  private static final double INITIAL_SCALE = 0.05;

  private final DecoderParameters layers;
  private final Parameters tables;
  private final Decoder decoder;
  private final KeyValueCache nothing;
  private final Kernels kernels;
  private final LossConfig loss;

  private Pupil(DecoderParameters layers, Parameters tables, LossConfig loss, NDManager manager) {
    this.layers = layers;
    this.tables = tables;
    this.loss = loss;
    this.decoder = Decoder.trainable(layers, loss.dropout());
    this.nothing = decoder.cache(manager.create(new Shape(1, 0, layers.shape().hidden())));
    this.kernels =
        Kernels.load(
            Pupil.class,
            "teach.ts.py",
            Map.of("DROPOUT", Double.toString(loss.embeddingDropout())));
  }

  /** A new model with random weights. */
  static Pupil random(DecoderShape shape, LossConfig loss, long seed, NDManager manager) {
    DecoderParameters layers = DecoderParameters.random(shape, manager, Precision.FP32, true, seed);
    Parameters tables = new Parameters(manager, true);
    SplittableRandom random = Seeds.random(seed, "embeddings", 0);
    float[] values = new float[shape.vocabulary() * shape.hidden()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (INITIAL_SCALE * random.nextGaussian());
    }
    tables.add(EMBEDDINGS, manager.create(values, new Shape(shape.vocabulary(), shape.hidden())));
    return new Pupil(layers, tables, loss, manager);
  }

  /** A model to be adapted, read from a Hugging Face folder. */
  static Pupil read(DecoderShape shape, Path folder, LossConfig loss, NDManager manager) {
    try (TensorSource source = SafetensorsFolder.open(folder)) {
      DecoderParameters layers = DecoderParameters.trainable(shape, source, manager);
      Parameters tables = new Parameters(manager, true);
      table(EMBEDDINGS, shape, source, tables);
      if (!shape.tied()) {
        table(HEAD, shape, source, tables);
      }
      return new Pupil(layers, tables, loss, manager);
    }
  }

  private static void table(
      String name, DecoderShape shape, TensorSource source, Parameters tables) {
    source.require(name, shape.vocabulary(), shape.hidden());
    Shape size = new Shape(shape.vocabulary(), shape.hidden());
    tables.add(name, tables.manager().create(source.floats(name), size));
  }

  /** Everything that is trained, by name. */
  Map<String, NDArray> parameters() {
    Map<String, NDArray> all = new LinkedHashMap<>(tables.arrays());
    all.putAll(layers.arrays().arrays());
    return all;
  }

  DecoderParameters layers() {
    return layers;
  }

  Parameters tables() {
    return tables;
  }

  DecoderShape shape() {
    return layers.shape();
  }

  private NDArray head() {
    return tables.get(shape().tied() ? EMBEDDINGS : HEAD);
  }

  /**
   * The loss of {@code batch}: class loss at the last position plus the weighted next-token loss.
   * Call it under a gradient collector; intermediate arrays go with {@code manager}.
   */
  NDArray loss(PromptBatch batch, NDManager manager) {
    NDArray ids = PromptBatch.matrix(manager, batch.input());
    NDArray x = kernels.callOne("embed", true, tables.get(EMBEDDINGS), ids);
    x.attach(manager);
    NDArray hidden = decoder.all(x, nothing);
    NDArray last = kernels.callOne("pick", true, hidden, manager.create(batch.last()));
    NDArray classes =
        kernels.callOne(
            "class_loss",
            true,
            decoder.readOut(last, head()),
            PromptBatch.matrix(manager, batch.words()),
            manager.create(batch.kept()));
    // A scalar times a double would be float64.
    return batch.scored().length == 0
        ? classes
        : classes.add(nextToken(hidden, batch, manager).mul((float) loss.languageModel()));
  }

  private NDArray nextToken(NDArray hidden, PromptBatch batch, NDManager manager) {
    NDArray rows = kernels.callOne("select", true, hidden, manager.create(batch.scored()));
    NDArray next = manager.create(batch.next(), new Shape(batch.next().length, 1));
    return kernels.callOne("token_loss", true, decoder.readOut(rows, head()), next);
  }

  @Override
  public void close() {
    nothing.close();
    layers.close();
    tables.close();
  }
}

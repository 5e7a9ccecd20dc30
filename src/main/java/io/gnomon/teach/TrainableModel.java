package io.gnomon.teach;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.gnomon.checkpoint.SafetensorsFolder;
import io.gnomon.checkpoint.TensorSource;
import io.gnomon.config.MethodConfig;
import io.gnomon.config.MethodConfig.Lora;
import io.gnomon.config.TeachConfig;
import io.gnomon.config.TeachConfig.LossConfig;
import io.gnomon.nn.Decoder;
import io.gnomon.nn.DecoderInitializer;
import io.gnomon.nn.DecoderParameters;
import io.gnomon.nn.DecoderShape;
import io.gnomon.nn.KeyValueCache;
import io.gnomon.nn.LowRank;
import io.gnomon.nn.LowRankTable;
import io.gnomon.nn.Parameters;
import io.gnomon.tensor.Devices;
import io.gnomon.tensor.Kernels;
import io.gnomon.tensor.Precision;
import io.gnomon.tensor.Seeds;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A language model under training: decoder, embedding table and, where untied, output matrix. Under
 * LoRA these stay, and what is trained are additions to the decoder's matrices.
 */
final class TrainableModel implements AutoCloseable {
  /** What the names of the embedding table, and of what is added to it, begin with. */
  static final String EMBEDDING = "model.embed_tokens.";

  private static final String EMBEDDINGS = EMBEDDING + "weight";
  private static final String HEAD = "lm_head.weight";
  private static final double INITIAL_SCALE = 0.05;

  private final DecoderParameters layers;
  private final Parameters tables;
  private final @Nullable LowRank additions;
  private final @Nullable LowRankTable tableAddition;
  private final Map<String, NDArray> trained;
  private final Decoder decoder;
  private final Kernels kernels;
  private final LossConfig loss;

  private TrainableModel(
      DecoderParameters layers,
      Parameters tables,
      @Nullable LowRank additions,
      @Nullable LowRankTable tableAddition,
      Map<String, NDArray> trained,
      Options options) {
    this.layers = layers;
    this.tables = tables;
    this.additions = additions;
    this.tableAddition = tableAddition;
    this.trained = trained;
    this.loss = options.loss();
    this.decoder = Decoder.trainable(layers, loss.dropout(), options.precision());
    this.kernels =
        Kernels.load(
            TrainableModel.class,
            "teach.ts.py",
            Map.of("DROPOUT", Double.toString(loss.embeddingDropout())));
  }

  /**
   * What each step does with the model.
   *
   * @param loss losses and noise
   * @param precision of the decoder's products
   * @param seed of weights that begin at random
   */
  record Options(LossConfig loss, Precision precision, long seed) {
    /** The one of {@code config} on {@code device}. */
    static Options of(TeachConfig config, Device device) {
      Precision precision = Devices.precision(config.precision(), device);
      return new Options(config.loss(), precision, config.seed());
    }
  }

  private static TrainableModel full(DecoderParameters layers, Parameters tables, Options options) {
    Map<String, NDArray> trained = new LinkedHashMap<>(tables.arrays());
    trained.putAll(layers.arrays().arrays());
    return new TrainableModel(layers, tables, null, null, trained, options);
  }

  /** A new model with random weights. */
  static TrainableModel random(DecoderShape shape, Options options, NDManager manager) {
    DecoderParameters layers =
        DecoderInitializer.random(shape, manager, Precision.FP32, true, options.seed());
    Parameters tables = new Parameters(manager, true);
    SplittableRandom random = Seeds.random(options.seed(), "embeddings", 0);
    float[] values = new float[shape.vocabulary() * shape.hidden()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (INITIAL_SCALE * random.nextGaussian());
    }
    tables.add(EMBEDDINGS, manager.create(values, new Shape(shape.vocabulary(), shape.hidden())));
    return full(layers, tables, options);
  }

  /** A model to be adapted, read from a Hugging Face folder. */
  static TrainableModel read(
      DecoderShape shape, Path folder, MethodConfig method, Options options, NDManager manager) {
    try (TensorSource source = SafetensorsFolder.open(folder)) {
      if (method instanceof Lora lora) {
        return adapted(shape, source, lora, options, manager);
      }
      DecoderParameters layers = DecoderParameters.trainable(shape, source, manager);
      return full(layers, tables(shape, source, true, manager), options);
    }
  }

  private static TrainableModel adapted(
      DecoderShape shape, TensorSource source, Lora lora, Options options, NDManager manager) {
    DecoderParameters layers = DecoderParameters.read(shape, source, manager, Precision.FP32);
    boolean trains = lora.embeddings() == Lora.Embeddings.TRAINED;
    Parameters tables = tables(shape, source, trains, manager);
    LowRank additions = new LowRank(layers, lora, options.seed());
    LowRankTable tableAddition =
        lora.embeddings() == Lora.Embeddings.LOW_RANK
            ? new LowRankTable(tables, EMBEDDINGS, lora, options.seed())
            : null;
    Map<String, NDArray> trained = new LinkedHashMap<>();
    if (trains) {
      trained.putAll(tables.arrays());
    }
    if (tableAddition != null) {
      trained.putAll(tableAddition.arrays().arrays());
    }
    trained.putAll(additions.arrays().arrays());
    return new TrainableModel(layers, tables, additions, tableAddition, trained, options);
  }

  private static Parameters tables(
      DecoderShape shape, TensorSource source, boolean trainable, NDManager manager) {
    Parameters tables = new Parameters(manager, trainable);
    table(EMBEDDINGS, shape, source, tables);
    if (!shape.tied()) {
      table(HEAD, shape, source, tables);
    }
    return tables;
  }

  private static void table(
      String name, DecoderShape shape, TensorSource source, Parameters tables) {
    source.require(name, shape.vocabulary(), shape.hidden());
    Shape size = new Shape(shape.vocabulary(), shape.hidden());
    tables.add(name, tables.manager().create(source.floats(name), size));
  }

  /** Everything that is trained, by name, and nothing that is not. */
  Map<String, NDArray> parameters() {
    return trained;
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

  /** The embedding table as it is now. */
  private NDArray table() {
    return tableAddition == null ? tables.get(EMBEDDINGS) : tableAddition.now();
  }

  /**
   * The loss of {@code batch}: class loss at the last position plus the weighted next-token loss.
   * Call it under a gradient collector; intermediate arrays go with {@code manager}.
   */
  NDArray loss(PromptBatch batch, NDManager manager) {
    Decoder now = additions == null ? decoder.now() : additions.now(decoder);
    NDArray table = table();
    NDArray head = shape().tied() ? table : tables.get(HEAD);
    NDArray x = embed(table, manager, batch.input());
    try (KeyValueCache prefix = now.cache(embed(table, manager, batch.prefix()))) {
      if (batch.scored().length == 0) {
        NDArray last = now.last(x, prefix, batch.lengths(), 1);
        return classLoss(now.readOut(last, head), batch, manager);
      }
      NDArray hidden = now.all(x, prefix, batch.lengths(), 1);
      NDArray last = kernels.callOne("last", true, hidden);
      NDArray rows = kernels.callOne("select", true, hidden, manager.create(batch.scored()));
      NDArray text = tokenLoss(now.readOut(rows, head), batch, manager);
      // A scalar times a double would be float64.
      return classLoss(now.readOut(last, head), batch, manager)
          .add(text.mul((float) loss.languageModel()));
    }
  }

  /** Ids (rows, S) as vectors (rows, S, D). */
  private NDArray embed(NDArray table, NDManager manager, long[]... ids) {
    NDArray index = PromptBatch.matrix(manager, ids);
    NDArray x = kernels.callOne("embed", true, table, index);
    x.attach(manager);
    return x;
  }

  private NDArray classLoss(NDArray logits, PromptBatch batch, NDManager manager) {
    NDArray words = PromptBatch.matrix(manager, batch.words());
    return kernels.callOne("class_loss", true, logits, words, manager.create(batch.kept()));
  }

  private NDArray tokenLoss(NDArray logits, PromptBatch batch, NDManager manager) {
    NDArray next = manager.create(batch.next(), new Shape(batch.next().length, 1));
    return kernels.callOne("token_loss", true, logits, next);
  }

  @Override
  public void close() {
    if (additions != null) {
      additions.close();
    }
    if (tableAddition != null) {
      tableAddition.close();
    }
    layers.close();
    tables.close();
  }
}

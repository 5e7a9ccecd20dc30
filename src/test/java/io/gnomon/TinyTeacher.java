package io.gnomon;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.SafetensorsWriter;
import io.gnomon.checkpoint.StoredTensor;
import io.gnomon.checkpoint.StoredType;
import io.gnomon.config.CalibrationConfig;
import io.gnomon.config.TaskConfig;
import io.gnomon.config.TaskConfig.PromptConfig;
import io.gnomon.config.TaskConfig.Score;
import io.gnomon.config.TeachConfig.TokenizerConfig;
import io.gnomon.nn.DecoderInitializer;
import io.gnomon.nn.DecoderParameters;
import io.gnomon.nn.DecoderShape;
import io.gnomon.nn.Rope;
import io.gnomon.teach.BpeTrainer;
import io.gnomon.teach.BpeVocabulary;
import io.gnomon.teach.TokenizerFile;
import io.gnomon.tensor.Precision;
import io.gnomon.tensor.Seeds;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Hugging Face folder with a random teacher of some thousand weights, loud enough that its
 * answers depend on its input: 2 layers, 3 query heads on 1 key/value head, tied output matrix.
 */
public final class TinyTeacher {
  /** Width of the embeddings. */
  public static final int WIDTH = 19;

  /** Positions that it has. */
  public static final int POSITIONS = 61;

  private static final List<String> WORDS = List.of("good", "great", "bad", "awful", "dull");
  private static final double EPSILON = 1e-5;
  private static final double THETA = 1000;

  private TinyTeacher() {}

  /** Writes config.json, model.safetensors and tokenizer.json; returns {@code folder}. */
  public static Path write(Path folder) {
    BpeTrainer trainer = new BpeTrainer(new TokenizerConfig(280, true));
    trainer.add("a good film and a bad film, a dull one");
    List<String> whole = WORDS.stream().map(word -> " " + word).toList();
    BpeVocabulary vocabulary = trainer.train(whole);
    TokenizerFile.write(folder, vocabulary, POSITIONS);
    DecoderShape shape = shape(vocabulary.size());
    SafetensorsWriter.write(folder.resolve("model.safetensors"), weights(shape), Map.of());
    AtomicFiles.writeString(
        folder.resolve("config.json"), JsonMapper.shared().writeValueAsString(config(shape)));
    return folder;
  }

  /** Two classes of words that are one token each: two words, and three. */
  public static TaskConfig task() {
    return task(Score.MAX, new CalibrationConfig.None(), 1, " this is");
  }

  /** As {@link #task()} with another read-out. */
  public static TaskConfig task(
      Score score, CalibrationConfig calibration, double temperature, String suffix) {
    Map<String, List<String>> classes = new LinkedHashMap<>();
    classes.put("positive", WORDS.subList(0, 2));
    classes.put("negative", WORDS.subList(2, 5));
    return new TaskConfig(
        "tiny", new PromptConfig("film:", suffix), classes, score, calibration, temperature, null);
  }

  private static DecoderShape shape(int vocabulary) {
    Rope rope = new Rope(THETA, new Rope.Plain());
    return new DecoderShape(
        "llama", vocabulary, WIDTH, 2, 3, 1, 6, 23, POSITIONS, EPSILON, true, false, rope);
  }

  private static Map<String, StoredTensor> weights(DecoderShape shape) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    SplittableRandom random = Seeds.random(7, "tiny", 0);
    float[] table = new float[shape.vocabulary() * WIDTH];
    for (int i = 0; i < table.length; i++) {
      table[i] = (float) random.nextGaussian();
    }
    tensors.put(
        "model.embed_tokens.weight",
        new StoredTensor(StoredType.F32, new long[] {shape.vocabulary(), WIDTH}, table));
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        DecoderParameters layers =
            DecoderInitializer.random(shape, manager, Precision.FP32, false, 7)) {
      layers
          .split()
          .forEach(
              (name, slice) ->
                  tensors.put(
                      name,
                      new StoredTensor(StoredType.F32, slice.shape(), loud(slice.values(), name))));
    }
    return tensors;
  }

  /**
   * Matrices as a trained model might have them: at their start, blocks hardly add to the input.
   */
  private static float[] loud(float[] values, String name) {
    if (!name.contains("norm")) {
      for (int i = 0; i < values.length; i++) {
        values[i] *= 3;
      }
    }
    return values;
  }

  private static Map<String, Object> config(DecoderShape shape) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("model_type", shape.family());
    config.put("vocab_size", shape.vocabulary());
    config.put("hidden_size", WIDTH);
    config.put("num_hidden_layers", shape.layers());
    config.put("num_attention_heads", shape.heads());
    config.put("num_key_value_heads", shape.keyValueHeads());
    config.put("head_dim", shape.headDimension());
    config.put("intermediate_size", shape.feedForward());
    config.put("max_position_embeddings", POSITIONS);
    config.put("rms_norm_eps", EPSILON);
    config.put("rope_theta", THETA);
    config.put("tie_word_embeddings", true);
    return config;
  }

  /** Ids of every byte and merge, without the special tokens: what a sampler may draw. */
  public static int[] allowedIds(int vocabulary) {
    return IntStream.range(BpeVocabulary.SPECIAL.size(), vocabulary).toArray();
  }
}

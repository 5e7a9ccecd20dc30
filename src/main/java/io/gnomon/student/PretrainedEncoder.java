package io.gnomon.student;

import ai.djl.ndarray.types.Shape;
import io.gnomon.checkpoint.SafetensorsFolder;
import io.gnomon.checkpoint.TensorSource;
import io.gnomon.config.InputException;
import io.gnomon.config.StudentConfig;
import io.gnomon.nn.EncoderShape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encoder weights of a Hugging Face RoBERTa or BERT folder. Of its word embeddings only that of
 * {@code <s>} or {@code [CLS]}, from which the start vector starts, and their mean and spread,
 * which the map of the teacher's embeddings gets: the encoder then sees inputs as loud as those it
 * was trained on. What the folder does not have (the map's directions, the classifier) stays
 * random.
 */
final class PretrainedEncoder implements Initializer, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PretrainedEncoder.class);
  private static final List<String> PREFIXES = List.of("roberta.", "bert.", "");
  private static final String OURS = "roberta.";
  private static final String WORDS = "embeddings.word_embeddings.weight";

  private final Path folder;
  private final PretrainedConfig config;
  private final TensorSource tensors;
  private final String prefix;
  private final Initializer rest;

  /**
   * @param rest gives what the folder does not
   * @throws InputException when the folder holds no RoBERTa or BERT
   */
  PretrainedEncoder(Path folder, Initializer rest) {
    this.folder = folder;
    this.config = PretrainedConfig.read(folder);
    this.tensors = SafetensorsFolder.open(folder);
    this.prefix = prefix(tensors, folder);
    this.rest = rest;
  }

  /** The folder's sizes, which go before those of {@code asked}; a difference is logged. */
  RobertaShape shape(StudentConfig.Roberta asked, int embedding, List<String> classes) {
    report("hidden", asked.hidden(), config.hidden());
    report("layers", asked.layers(), config.layers());
    report("heads", asked.heads(), config.heads());
    report("feed_forward", asked.feedForward(), config.feedForward());
    report("max_positions", asked.maxPositions(), config.maxPositions());
    EncoderShape encoder =
        new EncoderShape(
            config.hidden(),
            config.layers(),
            config.heads(),
            config.feedForward(),
            config.epsilon(),
            asked.dropout());
    return new RobertaShape(
        embedding, encoder, config.maxPositions(), config.positionOffset(), classes);
  }

  @Override
  public float[] values(String name, Shape shape) {
    if (name.equals(RobertaShape.START)) {
      return start(shape);
    }
    if (name.startsWith(RobertaShape.MAP + ".") && tensors.names().contains(prefix + WORDS)) {
      return map(name, shape);
    }
    if (!name.startsWith(OURS)) {
      return rest.values(name, shape);
    }
    boolean firstRow = name.equals(RobertaShape.TOKEN_TYPE);
    String theirs = theirs(name);
    tensors.require(theirs, (firstRow ? rows(theirs, shape) : shape).getShape());
    float[] values = tensors.floats(theirs);
    return firstRow ? Arrays.copyOf(values, (int) shape.size()) : values;
  }

  private float[] start(Shape shape) {
    Integer token = config.startToken();
    int width = (int) shape.size();
    if (token == null || !tensors.names().contains(prefix + WORDS)) {
      return rest.values(RobertaShape.START, shape);
    }
    float[] words = words(shape);
    return (token + 1) * width > words.length
        ? rest.values(RobertaShape.START, shape)
        : Arrays.copyOfRange(words, token * width, (token + 1) * width);
  }

  /** The bias is the words' mean, the weight as wide as they spread around it. */
  private float[] map(String name, Shape shape) {
    WordMoments moments = WordMoments.of(words(new Shape(config.hidden())), config.hidden());
    if (name.endsWith(".bias")) {
      return moments.mean();
    }
    float[] values = rest.values(name, shape);
    float scale = (float) (moments.spread() / RandomInitializer.DEVIATION);
    for (int i = 0; i < values.length; i++) {
      values[i] *= scale;
    }
    return values;
  }

  /** All word embeddings, one after the other, each as long as {@code width} says. */
  private float[] words(Shape width) {
    String words = prefix + WORDS;
    tensors.require(words, rows(words, width).getShape());
    return tensors.floats(words);
  }

  private String theirs(String name) {
    String theirs = prefix + name.substring(OURS.length());
    if (tensors.names().contains(theirs)) {
      return theirs;
    }
    // BERT's first checkpoints, made with TensorFlow, call a LayerNorm's parameters so.
    String old =
        theirs
            .replace("LayerNorm.weight", "LayerNorm.gamma")
            .replace("LayerNorm.bias", "LayerNorm.beta");
    return tensors.names().contains(old) ? old : theirs;
  }

  /** As many rows as the folder's table has, each as wide as {@code shape} is. */
  private Shape rows(String theirs, Shape shape) {
    long[] found = tensors.info(theirs).shape();
    return new Shape(found.length == 0 ? 0 : found[0], shape.get(shape.dimension() - 1));
  }

  private void report(String key, int asked, int found) {
    if (asked != found) {
      LOG.info("student.{} is {}, not {}: taken from {}", key, found, asked, folder);
    }
  }

  private static String prefix(TensorSource tensors, Path folder) {
    return PREFIXES.stream()
        .filter(p -> tensors.names().contains(p + "embeddings.position_embeddings.weight"))
        .findFirst()
        .orElseThrow(() -> notAnEncoder(folder));
  }

  private static InputException notAnEncoder(Path folder) {
    return new InputException(
        ("%s: expected a tensor embeddings.position_embeddings.weight (alone or behind roberta. or"
                + " bert.), found none; give a RoBERTa or BERT folder as student.from_checkpoint")
            .formatted(folder));
  }

  @Override
  public void close() {
    tensors.close();
  }
}

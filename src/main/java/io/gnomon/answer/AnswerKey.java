package io.gnomon.answer;

import io.gnomon.checkpoint.Sha256;
import io.gnomon.config.CalibrationConfig;
import io.gnomon.config.ConfigWriter;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.TaskConfig;
import io.gnomon.tensor.Precision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that a teacher's answers depend on: weights, arithmetic, prompt, words and read-out, and the
 * inputs in batches. Its hash names where they are kept.
 *
 * <p>Not in it: device and threads, whose roundings differ in the last bits, and whatever a student
 * or its training is made of. A precision {@code auto} counts as what it came to.
 */
public final class AnswerKey {
  /** Raised when a change of the program makes older answers wrong. */
  private static final int FORMAT = 1;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final JsonMapper INDENTED =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Map<String, Object> facts;
  private final String hash;
  private final String inputs;
  private final int batch;
  private final int classes;

  private AnswerKey(Map<String, Object> facts, String inputs, int batch, int classes) {
    this.facts = facts;
    this.hash = Sha256.ofText(JSON.writeValueAsString(facts));
    this.inputs = inputs;
    this.batch = batch;
    this.classes = classes;
  }

  /**
   * Who is asked.
   *
   * @param config whose task, sampler and seed count
   * @param sha256 of the weights
   * @param precision of the decoder's products
   */
  public record Asked(ExperimentConfig config, String sha256, Precision precision) {}

  /** The endless batches that a student is trained on. */
  public static AnswerKey training(Asked asked) {
    int batch = asked.config().training().batchSize();
    return sampled(asked, "training", batch, new LinkedHashMap<>());
  }

  /**
   * A set of samples.
   *
   * @param stream what it is for
   * @param batch most samples a batch
   * @param samples N in all, on which the last batch's size and so its roundings depend
   */
  public static AnswerKey samples(Asked asked, String stream, int batch, int samples) {
    return sampled(asked, stream, batch, new LinkedHashMap<>(Map.of("samples", samples)));
  }

  private static AnswerKey sampled(
      Asked asked, String stream, int batch, Map<String, Object> more) {
    Map<String, Object> facts = teacher(asked);
    facts.put("inputs", stream);
    drawn(asked.config(), facts);
    facts.put("batch_size", batch);
    facts.putAll(more);
    return new AnswerKey(facts, stream, batch, classes(asked));
  }

  /**
   * Texts, for evaluation alone.
   *
   * @param tokens hash of their token ids
   * @param batch texts a record
   */
  public static AnswerKey texts(Asked asked, String tokens, int batch) {
    Map<String, Object> facts = teacher(asked);
    facts.put("inputs", "text");
    facts.put("tokens_sha256", tokens);
    if (asked.config().task().calibration() instanceof CalibrationConfig.FromSampler) {
      drawn(asked.config(), facts);
    }
    facts.put("batch_size", batch);
    return new AnswerKey(facts, "text", batch, classes(asked));
  }

  private static Map<String, Object> teacher(Asked asked) {
    TaskConfig task = asked.config().task();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("format", FORMAT);
    facts.put("teacher_sha256", asked.sha256());
    facts.put("precision", asked.precision().name().toLowerCase(Locale.ROOT));
    facts.put("prompt", lines(task.prompt()));
    if (task.answers() != null) { // a single-label task keeps the key that it had without them
      facts.put("answers", lines(task.answers()));
    }
    // As a list of lists, for the order of classes is that of the K numbers.
    facts.put(
        "classes",
        task.classes().entrySet().stream().map(c -> List.of(c.getKey(), c.getValue())).toList());
    facts.put("score", task.score().name().toLowerCase(Locale.ROOT));
    facts.put("calibration", lines((Record) task.calibration()));
    facts.put("temperature", task.temperature());
    return facts;
  }

  private static void drawn(ExperimentConfig config, Map<String, Object> facts) {
    facts.put("sampler", lines((Record) config.sampler()));
    facts.put("seed", config.seed());
  }

  /** A part of the configuration as the lines of its YAML. */
  private static List<String> lines(Record part) {
    return ConfigWriter.write(part).lines().toList();
  }

  private static int classes(Asked asked) {
    return asked.config().task().classes().size();
  }

  /** SHA-256 over all of it, as 64 hexadecimal digits. */
  public String hash() {
    return hash;
  }

  /** What the inputs are for: {@code training}, {@code probe}, {@code text}. */
  public String inputs() {
    return inputs;
  }

  /** Most rows a batch. */
  public int batch() {
    return batch;
  }

  /** K. */
  public int classes() {
    return classes;
  }

  /** All of it as JSON, to be read by people and by {@link #difference}. */
  String header() {
    return INDENTED.writeValueAsString(facts) + "\n";
  }

  /**
   * Where a header differs from this key: {@code key A, found B}; empty when it does not.
   *
   * @throws RuntimeException when it is no JSON
   */
  String difference(String header) {
    JsonNode found = JSON.readTree(header);
    JsonNode own = JSON.readTree(JSON.writeValueAsString(facts));
    for (String name : facts.keySet()) {
      if (!own.path(name).equals(found.path(name))) {
        return name + " " + own.path(name) + ", found " + text(found.path(name));
      }
    }
    return own.size() == found.size() ? "" : own.size() + " keys, found " + found.size();
  }

  private static String text(JsonNode node) {
    return node.isMissingNode() ? "none" : node.toString();
  }
}

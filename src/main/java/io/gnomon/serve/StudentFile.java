package io.gnomon.serve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * What the model file says of itself, in its metadata: by it the files beside it are known to be
 * its own.
 *
 * @param multiLabel whether each label is judged by itself: probabilities are sigmoids, no softmax
 * @param labels K names, in the order of the outputs
 * @param longest most tokens that a text may have
 * @param precision {@code fp32}, {@code fp16} or {@code int8}
 * @param tokenizerSha256 of the tokenizer.json beside it
 */
public record StudentFile(
    boolean multiLabel,
    List<String> labels,
    int longest,
    String precision,
    String tokenizerSha256) {
  /** A text has one label. */
  public static final String SINGLE_LABEL = "single-label";

  /** A text has any number of labels. */
  public static final String MULTI_LABEL = "multi-label";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TYPE = "gnomon.type";
  private static final String LABELS = "gnomon.labels";
  private static final String LONGEST = "gnomon.longest";
  private static final String PRECISION = "gnomon.precision";
  private static final String TOKENIZER = "gnomon.tokenizer_sha256";

  public StudentFile {
    labels = List.copyOf(labels);
  }

  /** {@value #SINGLE_LABEL} or {@value #MULTI_LABEL}. */
  public String type() {
    return multiLabel ? MULTI_LABEL : SINGLE_LABEL;
  }

  /**
   * Whether texts must be run one at a time: 8-bit activations are scaled by the extremes of the
   * whole batch, so that in company a text's answer would depend on the company.
   */
  boolean alone() {
    return precision.equals("int8");
  }

  /** The entries of the model's metadata. */
  public Map<String, String> entries() {
    ArrayNode names = JSON.createArrayNode();
    labels.forEach(names::add);
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put(TYPE, type());
    entries.put(LABELS, names.toString());
    entries.put(LONGEST, Integer.toString(longest));
    entries.put(PRECISION, precision);
    entries.put(TOKENIZER, tokenizerSha256);
    return entries;
  }

  /** Reads {@link #entries} again; null where they are not those of an exported student. */
  static @Nullable StudentFile of(Map<String, String> entries) {
    String type = entries.getOrDefault(TYPE, "");
    String precision = entries.get(PRECISION);
    String tokenizer = entries.get(TOKENIZER);
    List<String> labels = names(entries.getOrDefault(LABELS, "[]"));
    String longest = entries.getOrDefault(LONGEST, "");
    boolean known = type.equals(SINGLE_LABEL) || type.equals(MULTI_LABEL);
    if (!known
        || labels.isEmpty()
        || precision == null
        || tokenizer == null
        || !longest.matches("[1-9][0-9]{0,8}")) {
      return null;
    }
    return new StudentFile(
        type.equals(MULTI_LABEL), labels, Integer.parseInt(longest), precision, tokenizer);
  }

  private static List<String> names(String json) {
    try {
      List<String> names = new ArrayList<>();
      for (JsonNode name : JSON.readTree(json)) {
        names.add(name.asString(""));
      }
      return names;
    } catch (JacksonException e) {
      return List.of(); // no list of ours
    }
  }
}

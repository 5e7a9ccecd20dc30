package io.gnomon.serve.http;

import io.gnomon.serve.TaggerOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON of a client → what it asks. */
final class TagRequestReader {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final String TEXT = "text";
  private static final String TEXTS = "texts";
  private static final String TOP_K = "top_k";
  private static final String THRESHOLD = "threshold";
  private static final List<String> KEYS = List.of(TEXT, TEXTS, TOP_K, THRESHOLD);

  private static final String EXAMPLE = "send {\"text\": \"…\"} or {\"texts\": [\"…\"]}";
  private static final String LEAVE_OUT = "mend it, or leave it out";
  private static final String PROBABILITY = "a probability from 0 to 1";

  private final List<String> labels;
  private final ServerOptions.Limits limits;

  TagRequestReader(List<String> labels, ServerOptions.Limits limits) {
    this.labels = labels;
    this.limits = limits;
  }

  /**
   * Reads one.
   *
   * @throws Refusal when it is not JSON, or asks for what cannot be
   */
  TagRequest read(String body) {
    JsonNode root = parse(body);
    if (!root.isObject()) {
      throw new Refusal(422, "body", "an object", Shown.of(root), EXAMPLE);
    }
    for (String key : root.propertyNames()) {
      if (!KEYS.contains(key)) {
        throw wrong(Shown.of(key), "one of the keys " + String.join(", ", KEYS), "another");
      }
    }
    boolean single = root.has(TEXT);
    if (single == root.has(TEXTS)) {
      throw new Refusal(422, "body", "text or texts", single ? "both" : "neither", EXAMPLE);
    }
    return new TagRequest(
        single ? List.of(text(TEXT, root.path(TEXT))) : texts(root.path(TEXTS)),
        single,
        options(root));
  }

  private static JsonNode parse(String body) {
    try {
      JsonNode root = JSON.readTree(body);
      if (root.isMissingNode()) {
        throw new Refusal(400, "body", "a JSON object", "nothing", EXAMPLE);
      }
      return root;
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      throw new Refusal(
          400,
          "body, line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()),
          "JSON",
          cause(e.getOriginalMessage()),
          "mend it there, or have a library write it");
    }
  }

  /** The parser's first clause; behind it, it speaks of itself. */
  private static String cause(String message) {
    String clause = message.replaceAll("(?s)(: | \\(start marker| \\(bound as).*", "");
    return clause.substring(0, 1).toLowerCase(Locale.ROOT) + Shown.of(clause.substring(1));
  }

  private List<String> texts(JsonNode node) {
    if (!node.isArray()) {
      throw new Refusal(
          422, TEXTS, "a list of strings", Shown.of(node), "put it in [ ], or call it text");
    }
    if (node.isEmpty()) {
      throw new Refusal(422, TEXTS, "at least one string", "none", EXAMPLE);
    }
    if (node.size() > limits.texts()) {
      throw new Refusal(
          413,
          TEXTS,
          "at most " + limits.texts(),
          Integer.toString(node.size()),
          "send them in several requests");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode text : node) {
      texts.add(text(TEXTS + "[" + texts.size() + "]", text));
    }
    return texts;
  }

  private String text(String where, JsonNode node) {
    if (!node.isString()) {
      throw new Refusal(422, where, "a string", Shown.of(node), "put the text in quotes");
    }
    String text = node.asString();
    if (text.length() > limits.characters()) {
      throw new Refusal(
          413,
          where,
          "at most " + limits.characters() + " characters",
          Integer.toString(text.length()),
          "cut it: only its beginning is read");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new Refusal(
          422, where, "Unicode text", "half a surrogate pair", "send whole characters");
    }
    return text;
  }

  private TaggerOptions options(JsonNode root) {
    TaggerOptions options = TaggerOptions.defaults();
    if (root.has(TOP_K)) {
      JsonNode k = root.path(TOP_K);
      if (!k.isInt() || k.asInt() < 1) {
        throw wrong(TOP_K, "a whole number of at least 1", Shown.of(k));
      }
      options = options.withTopK(k.asInt());
    }
    return root.has(THRESHOLD) ? threshold(options, root.path(THRESHOLD)) : options;
  }

  private TaggerOptions threshold(TaggerOptions options, JsonNode node) {
    if (!node.isObject()) {
      String expected = PROBABILITY + ", or an object of label and probability";
      return options.withThreshold(probability(THRESHOLD, expected, node));
    }
    TaggerOptions changed = options;
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String where = THRESHOLD + "." + Shown.of(entry.getKey());
      if (!labels.contains(entry.getKey())) {
        throw wrong(where, "one of the labels " + String.join(", ", labels), "another");
      }
      changed =
          changed.withThreshold(entry.getKey(), probability(where, PROBABILITY, entry.getValue()));
    }
    return changed;
  }

  private static double probability(String where, String expected, JsonNode node) {
    if (!node.isNumber() || !(node.asDouble() >= 0 && node.asDouble() <= 1)) {
      throw wrong(where, expected, Shown.of(node));
    }
    return node.asDouble();
  }

  private static Refusal wrong(String where, String expected, String found) {
    return new Refusal(422, where, expected, found, LEAVE_OUT);
  }
}

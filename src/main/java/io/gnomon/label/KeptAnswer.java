package io.gnomon.label;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line of the file of answers.
 *
 * @param text SHA-256 of the post
 * @param attempt from 1
 * @param raw as it came
 * @param labels that it gives; empty where it gives none
 * @param probabilities of all labels; empty where nobody knows them
 * @param refused why it gives none; null where it does
 */
record KeptAnswer(
    String text,
    int attempt,
    RawAnswer raw,
    List<String> labels,
    Map<String, Double> probabilities,
    @Nullable String refused) {
  KeptAnswer {
    labels = List.copyOf(labels);
    probabilities = new LinkedHashMap<>(probabilities);
  }

  static KeptAnswer of(String text, int attempt, RawAnswer raw, Verdict verdict) {
    return verdict instanceof Verdict.Labels given
        ? new KeptAnswer(text, attempt, raw, given.labels(), Map.of(), null)
        : new KeptAnswer(
            text, attempt, raw, List.of(), Map.of(), ((Verdict.Outside) verdict).cause());
  }

  /** Without what only the file needs: there may be millions of them in memory. */
  KeptAnswer forgetting() {
    Map<String, Double> chosen = new LinkedHashMap<>(probabilities);
    chosen.keySet().retainAll(labels);
    return new KeptAnswer(text, attempt, new RawAnswer("", null, 0, 0, 0), labels, chosen, refused);
  }

  String line(String at) {
    ObjectNode line = JsonMapper.shared().createObjectNode();
    line.put("text", text);
    line.put("attempt", attempt);
    line.put("answer", raw.text());
    if (refused == null) {
      labels.forEach(line.putArray("labels")::add);
    } else {
      line.put("refused", refused);
    }
    if (!probabilities.isEmpty()) {
      ObjectNode all = line.putObject("probabilities");
      probabilities.forEach(all::put);
    }
    if (raw.tokensIn() + raw.tokensOut() > 0) {
      line.put("tokens_in", raw.tokensIn());
      line.put("tokens_out", raw.tokensOut());
    }
    if (raw.model() != null) {
      line.put("model", raw.model());
    }
    line.put("seconds", Math.round(raw.seconds() * 1e6) / 1e6);
    line.put("at", at);
    return line + "\n";
  }

  static KeptAnswer of(JsonNode line) {
    List<String> labels = new ArrayList<>();
    line.path("labels").forEach(label -> labels.add(label.asString()));
    Map<String, Double> probabilities = new LinkedHashMap<>();
    line.path("probabilities")
        .properties()
        .forEach(entry -> probabilities.put(entry.getKey(), entry.getValue().asDouble()));
    RawAnswer raw =
        new RawAnswer(
            line.path("answer").asString(""),
            line.path("model").stringValue(null),
            line.path("tokens_in").asLong(0),
            line.path("tokens_out").asLong(0),
            line.path("seconds").asDouble(0));
    return new KeptAnswer(
        line.path("text").asString(""),
        line.path("attempt").asInt(0),
        raw,
        labels,
        probabilities,
        line.path("refused").stringValue(null));
  }
}

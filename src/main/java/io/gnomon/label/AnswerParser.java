package io.gnomon.label;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model's answer to its labels: a JSON object as {@link Question} asks for. What a model thinks
 * aloud before it, and a fence around it, are passed over; nothing else is guessed.
 *
 * @param list the labels there are
 */
record AnswerParser(LabelList list) {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String THOUGHT = "</think>";

  Verdict of(String answer) {
    String said = answer.substring(Math.max(0, answer.lastIndexOf(THOUGHT)));
    if (said.isBlank()) {
      return new Verdict.Outside("expected JSON, found an empty answer");
    }
    int from = said.indexOf('{');
    int to = said.lastIndexOf('}');
    if (from < 0 || to < from) {
      return noJson(said);
    }
    try {
      return of(JSON.readTree(said.substring(from, to + 1)).path(Question.key(list)), said);
    } catch (JacksonException e) {
      return noJson(said);
    }
  }

  private Verdict of(JsonNode given, String said) {
    List<String> names = new ArrayList<>();
    for (JsonNode name : given.isArray() ? given : List.of(given)) {
      if (!name.isString()) {
        return new Verdict.Outside(
            "expected an object with '%s', found %s"
                .formatted(Question.key(list), Shortened.of(said)));
      }
      names.add(name.stringValue());
    }
    return list.judge(names);
  }

  private static Verdict noJson(String said) {
    return new Verdict.Outside("expected JSON, found " + Shortened.of(said));
  }
}

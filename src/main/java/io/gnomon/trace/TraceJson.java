package io.gnomon.trace;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row as one line of JSON and back. Doubles are written with the fewest digits that read back to
 * the same number.
 */
final class TraceJson {
  private static final String STEP = "step";
  private static final String PARTS = "loss_parts";
  private static final Map<String, Measure> MEASURES = measures();
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private TraceJson() {}

  static String write(TraceRow row) {
    ObjectNode object = MAPPER.createObjectNode();
    object.put(STEP, row.step());
    row.get(Measure.LOSS).ifPresent(loss -> object.put(Measure.LOSS.key(), loss));
    if (!row.lossParts().isEmpty()) {
      ObjectNode parts = object.putObject(PARTS);
      row.lossParts().forEach((name, value) -> parts.put(name, value.doubleValue()));
    }
    row.values().forEach((measure, value) -> object.put(measure.key(), value.doubleValue()));
    return MAPPER.writeValueAsString(object);
  }

  /**
   * @throws IllegalArgumentException when the line is not a row; the message says what of it
   */
  static TraceRow read(String line) {
    JsonNode object = parse(line);
    if (!(object instanceof ObjectNode row) || !isStep(row.get(STEP))) {
      throw new IllegalArgumentException("expected an object with a whole number 'step'");
    }
    TraceRow.Builder builder = TraceRow.at(row.get(STEP).longValue());
    for (Map.Entry<String, JsonNode> entry : row.properties()) {
      read(entry.getKey(), entry.getValue(), builder);
    }
    return builder.build();
  }

  private static boolean isStep(@Nullable JsonNode node) {
    return node != null && node.isIntegralNumber() && node.canConvertToLong();
  }

  private static JsonNode parse(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (JacksonException e) {
      // What follows in brackets is of use to Jackson alone.
      String said = String.valueOf(e.getOriginalMessage()).split(" \\(", 2)[0];
      throw new IllegalArgumentException("not JSON: " + said, e);
    }
  }

  private static void read(String key, JsonNode node, TraceRow.Builder builder) {
    Measure measure = MEASURES.get(key);
    if (measure != null) {
      builder.put(measure, number(key, node));
    } else if (key.equals(PARTS) && node.isObject()) {
      for (Map.Entry<String, JsonNode> part : node.properties()) {
        builder.putLossPart(part.getKey(), number(PARTS + "." + part.getKey(), part.getValue()));
      }
    } else if (!key.equals(STEP)) {
      throw new IllegalArgumentException("unknown key '" + key + "'");
    }
  }

  private static double number(String key, JsonNode node) {
    if (!node.isNumber()) {
      throw new IllegalArgumentException(key + ": expected a number, found " + node);
    }
    return node.doubleValue();
  }

  private static Map<String, Measure> measures() {
    Map<String, Measure> measures = new LinkedHashMap<>();
    for (Measure measure : Measure.values()) {
      measures.put(measure.key(), measure);
    }
    return measures;
  }
}

package io.gnomon.config;

import io.gnomon.config.Value.Mapping;
import io.gnomon.config.Value.Scalar;
import io.gnomon.config.Value.ScalarType;
import io.gnomon.config.Value.Sequence;
import java.util.stream.Collectors;

/** A value as one line of YAML. */
final class FlowYaml {
  private FlowYaml() {}

  static String write(Value value) {
    if (value instanceof Sequence list) {
      return list.items().stream().map(FlowYaml::write).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Mapping map) {
      return map.entries().entrySet().stream()
          .map(entry -> Scalars.text(entry.getKey()) + ": " + write(entry.getValue().value()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return scalar((Scalar) value);
  }

  private static String scalar(Scalar scalar) {
    if (scalar.type() == ScalarType.TEXT) {
      return Scalars.text(scalar.text());
    }
    return scalar.type() == ScalarType.NULL ? "null" : scalar.text();
  }
}

package io.gnomon.checkpoint;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How files of JSON are written here: snake case, indented, keys in the order they are put. */
public final class Json {
  /** Snake case, indented. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private Json() {}

  /** {@code value} as a file holds it, which ends with its last line. */
  public static String write(Object value) {
    return MAPPER.writeValueAsString(value) + "\n";
  }

  /**
   * Reads a file that came with a model.
   *
   * @throws InputException when it cannot be read, or is no JSON
   */
  public static JsonNode read(Path file) {
    try {
      return MAPPER.readTree(Files.readString(file));
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    } catch (JacksonException e) {
      throw new InputException(
          "%s: not valid JSON: %s; copy or download the file again"
              .formatted(file, FileProblem.firstLine(e.getOriginalMessage())),
          e);
    }
  }
}

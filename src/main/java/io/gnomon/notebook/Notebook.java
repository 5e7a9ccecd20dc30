package io.gnomon.notebook;

import io.gnomon.checkpoint.Json;
import io.gnomon.config.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A notebook file: nbformat 4.5, kernel {@code java}. What is not understood is kept as it is. It
 * is written as Jupyter writes it, so that a person who saves it there changes no line without
 * need.
 */
final class Notebook {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int FORMAT = 4;
  private static final int LEAST_MINOR = 5;

  private final ObjectNode root;
  private final List<ObjectNode> code;

  private Notebook(ObjectNode root, List<ObjectNode> code) {
    this.root = root;
    this.code = code;
  }

  /**
   * Reads {@code file}.
   *
   * @throws InputException when it is missing, no notebook, or one of another language
   */
  static Notebook read(Path file) {
    JsonNode json = Json.read(file);
    if (!(json instanceof ObjectNode root)
        || json.path("nbformat").asInt(0) != FORMAT
        || json.path("nbformat_minor").asInt(0) < LEAST_MINOR
        || !(json.path("cells") instanceof ArrayNode cells)) {
      throw new InputException(
          file
              + ": expected a notebook of nbformat 4.5, found something else; save it again in a"
              + " present Jupyter");
    }
    String kernel = json.path("metadata").path("kernelspec").path("name").asString("none");
    if (!kernel.equals("java")) {
      throw new InputException(
          file
              + ": metadata.kernelspec.name: expected java, found "
              + kernel
              + "; only notebooks of Java are run here");
    }
    return new Notebook(root, code(file, cells));
  }

  private static List<ObjectNode> code(Path file, ArrayNode cells) {
    List<ObjectNode> code = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      JsonNode cell = cells.get(i);
      if (!(cell instanceof ObjectNode object)
          || !cell.path("cell_type").isString()
          || !(cell.path("source").isString() || cell.path("source").isArray())) {
        throw new InputException(
            "%s: cells[%d]: expected an object with cell_type and source, found none; mend it"
                .formatted(file, i));
      }
      if (cell.path("cell_type").asString().equals("code")) {
        code.add(object);
      }
    }
    return code;
  }

  /** Code cells. */
  int size() {
    return code.size();
  }

  /** The source of code cell {@code index}, from 0. */
  String source(int index) {
    return text(code.get(index).path("source"));
  }

  /** A text is one string, or a list of its lines with their ends. */
  private static String text(JsonNode node) {
    return node.isArray()
        ? node.values().stream().map(JsonNode::asString).collect(Collectors.joining())
        : node.asString("");
  }

  /** Whether code cell {@code index} was ever run. */
  boolean executed(int index) {
    return code.get(index).path("execution_count").isInt();
  }

  /** What the outputs of code cell {@code index} are, see {@link Output#kind}. */
  List<String> kinds(int index) {
    return code.get(index).path("outputs").values().stream().map(Notebook::kind).toList();
  }

  private static String kind(JsonNode output) {
    return switch (output.path("output_type").asString("")) {
      case "stream" -> output.path("name").asString("");
      case "execute_result", "display_data" ->
          output.path("data").properties().stream()
              .map(it -> it.getKey())
              .sorted()
              .collect(Collectors.joining(" and "));
      default -> output.path("output_type").asString("");
    };
  }

  /** Gives code cell {@code index} its outputs and its number. */
  void put(int index, List<Output> outputs) {
    ObjectNode cell = code.get(index);
    int number = index + 1;
    cell.put("execution_count", number);
    ArrayNode array = cell.putArray("outputs");
    outputs.forEach(output -> array.add(json(output, number)));
  }

  private static ObjectNode json(Output output, int number) {
    ObjectNode json = MAPPER.createObjectNode();
    if (output instanceof Output.Stream stream) {
      json.put("name", stream.name());
      json.put("output_type", "stream");
      json.set("text", lines(stream.text()));
    } else if (output instanceof Output.Value value) {
      ObjectNode data = json.putObject("data");
      value.data().forEach((type, text) -> data.set(type, content(type, text)));
      json.put("execution_count", number);
      ObjectNode metadata = json.putObject("metadata");
      if (value.width() > 0) {
        metadata.putObject(Display.PNG).put("height", value.height()).put("width", value.width());
      }
      json.put("output_type", "execute_result");
    }
    return json;
  }

  private static JsonNode content(String type, String text) {
    return type.startsWith("image/") ? MAPPER.getNodeFactory().stringNode(text) : lines(text);
  }

  private static ArrayNode lines(String text) {
    ArrayNode lines = MAPPER.createArrayNode();
    for (String line : text.split("(?<=\n)", -1)) {
      if (!line.isEmpty()) {
        lines.add(line);
      }
    }
    return lines;
  }

  /** The file's text: indented by one, as Jupyter does. */
  String json() {
    Separators separators =
        Separators.createDefaultInstance()
            .withObjectNameValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    DefaultIndenter indenter = new DefaultIndenter(" ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(separators)
            .withObjectIndenter(indenter)
            .withArrayIndenter(indenter);
    return MAPPER.writer().with(printer).writeValueAsString(root) + "\n";
  }
}

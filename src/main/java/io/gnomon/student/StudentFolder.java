package io.gnomon.student;

import ai.djl.ndarray.types.Shape;
import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.SafetensorsFile;
import io.gnomon.checkpoint.SafetensorsWriter;
import io.gnomon.checkpoint.StoredTensor;
import io.gnomon.checkpoint.StoredType;
import io.gnomon.checkpoint.TensorSource;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.nn.EncoderShape;
import io.gnomon.nn.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A student on disk: {@code student.safetensors} and {@code config.json}. */
final class StudentFolder {
  private static final String WEIGHTS = "student.safetensors";
  private static final String CONFIG = "config.json";
  private static final String TABLE = "embedding_table";
  private static final String CLASSES = "classes";
  private static final String KIND = "kind";
  private static final String ROBERTA = "roberta";
  private static final String STATIC = "static";
  private static final String TYPE = "type";
  private static final String SINGLE_LABEL = "single-label";
  private static final String MULTI_LABEL = "multi-label";

  private StudentFolder() {}

  static void write(
      Path folder, StudentShape shape, Parameters parameters, Map<String, String> reference) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InputException(
          folder + ": expected a folder that can be made; check its parents and their rights", e);
    }
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    parameters
        .arrays()
        .forEach(
            (name, array) ->
                tensors.put(
                    name,
                    new StoredTensor(
                        StoredType.F32, array.getShape().getShape(), array.toFloatArray())));
    SafetensorsWriter.write(folder.resolve(WEIGHTS), tensors, Map.of("format", "gnomon-student"));
    AtomicFiles.writeString(folder.resolve(CONFIG), json(shape, reference));
  }

  static StudentShape shape(Path folder) {
    JsonFields fields = JsonFields.read(folder.resolve(CONFIG));
    List<String> classes = new ArrayList<>();
    fields.required(CLASSES).forEach(node -> classes.add(node.asString()));
    // Folders of before there was a second kind do not say.
    String kind = fields.optional(KIND) == null ? ROBERTA : fields.text(KIND);
    return switch (kind) {
      case ROBERTA -> roberta(fields, classes);
      case STATIC ->
          new StaticShape(
              fields.count("embedding"),
              fields.count("features"),
              fields.count("hidden"),
              classes,
              multiLabel(fields));
      default -> throw oneOf(fields, KIND, ROBERTA, STATIC, kind);
    };
  }

  private static RobertaShape roberta(JsonFields fields, List<String> classes) {
    EncoderShape encoder =
        new EncoderShape(
            fields.count("hidden"),
            fields.count("layers"),
            fields.count("heads"),
            fields.count("feed_forward"),
            fields.number("epsilon"),
            fields.number("dropout"));
    return new RobertaShape(
        fields.count("embedding"),
        encoder,
        fields.count("max_positions"),
        (int) fields.number("position_offset"),
        classes,
        multiLabel(fields));
  }

  /** A folder that does not say is of a student of one class a text. */
  private static boolean multiLabel(JsonFields fields) {
    String type = fields.optional(TYPE) == null ? SINGLE_LABEL : fields.text(TYPE);
    if (!type.equals(SINGLE_LABEL) && !type.equals(MULTI_LABEL)) {
      throw oneOf(fields, TYPE, SINGLE_LABEL, MULTI_LABEL, type);
    }
    return type.equals(MULTI_LABEL);
  }

  private static InputException oneOf(
      JsonFields fields, String key, String one, String other, String found) {
    return new InputException(
        "%s: %s: expected %s or %s, found %s; mend the file or take another"
            .formatted(fields.file(), key, one, other, found));
  }

  static Map<String, String> reference(Path folder) {
    JsonNode node = JsonFields.read(folder.resolve(CONFIG)).required(TABLE);
    Map<String, String> reference = new LinkedHashMap<>();
    node.properties().forEach(entry -> reference.put(entry.getKey(), entry.getValue().asString()));
    return reference;
  }

  static Weights weights(Path folder) {
    return new Weights(SafetensorsFile.open(folder.resolve(WEIGHTS)));
  }

  private static String json(StudentShape shape, Map<String, String> reference) {
    ObjectNode root = JsonFields.MAPPER.createObjectNode();
    root.put("model_type", "gnomon-student");
    root.put(KIND, shape.<String>match(it -> ROBERTA, it -> STATIC));
    root.put("embedding", shape.embedding());
    root.setAll(shape.<ObjectNode>match(StudentFolder::sizes, StudentFolder::sizes));
    root.put(TYPE, type(shape.multiLabel()));
    shape.classes().forEach(root.putArray(CLASSES)::add);
    ObjectNode table = root.putObject(TABLE);
    reference.forEach(table::put);
    return root.toPrettyString() + "\n";
  }

  private static ObjectNode sizes(RobertaShape shape) {
    EncoderShape encoder = shape.encoder();
    return JsonFields.MAPPER
        .createObjectNode()
        .put("hidden", encoder.hidden())
        .put("layers", encoder.layers())
        .put("heads", encoder.heads())
        .put("feed_forward", encoder.feedForward())
        .put("max_positions", shape.maxPositions())
        .put("position_offset", shape.positionOffset())
        .put("epsilon", encoder.epsilon())
        .put("dropout", encoder.dropout());
  }

  private static ObjectNode sizes(StaticShape shape) {
    return JsonFields.MAPPER
        .createObjectNode()
        .put("features", shape.features())
        .put("hidden", shape.hidden());
  }

  /** The weights of a saved student. */
  record Weights(TensorSource file) implements Initializer, AutoCloseable {
    @Override
    public float[] values(String name, Shape shape) {
      file.require(name, shape.getShape());
      return file.floats(name);
    }

    @Override
    public void close() {
      file.close();
    }
  }

  static void requireTask(Path folder, TaskConfig task) {
    StudentShape shape = shape(folder);
    if (shape.multiLabel() != task.multiLabel()) {
      throw new InputException(
          "%s: expected a student of a %s task, found one of a %s task; take a task of its own type"
              .formatted(folder, type(task.multiLabel()), type(shape.multiLabel())));
    }
    List<String> classes = List.copyOf(task.classes().keySet());
    if (!shape.classes().equals(classes)) {
      throw new InputException(
          "%s: expected a student of the classes %s, found %s; take a task with its own classes, in their order"
              .formatted(folder, classes, shape.classes()));
    }
  }

  private static String type(boolean multiLabel) {
    return multiLabel ? MULTI_LABEL : SINGLE_LABEL;
  }

  static void requireTeacher(Path folder, String sha256) {
    String cast = reference(folder).get("sha256");
    if (!Objects.equals(cast, sha256)) {
      throw new InputException(
          folder
              + ": expected the teacher it was cast from (sha256 "
              + cast
              + "), found another (sha256 "
              + sha256
              + "); put that teacher's files back");
    }
  }
}

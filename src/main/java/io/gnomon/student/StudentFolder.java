package io.gnomon.student;

import ai.djl.ndarray.types.Shape;
import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.SafetensorsFile;
import io.gnomon.checkpoint.SafetensorsWriter;
import io.gnomon.checkpoint.StoredTensor;
import io.gnomon.checkpoint.StoredType;
import io.gnomon.checkpoint.TensorSource;
import io.gnomon.config.InputException;
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
    EncoderShape encoder =
        new EncoderShape(
            fields.count("hidden"),
            fields.count("layers"),
            fields.count("heads"),
            fields.count("feed_forward"),
            fields.number("epsilon"),
            fields.number("dropout"));
    List<String> classes = new ArrayList<>();
    fields.required(CLASSES).forEach(node -> classes.add(node.asString()));
    return new StudentShape(
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
      throw new InputException(
          "%s: %s: expected %s or %s, found %s; mend the file or take another"
              .formatted(fields.file(), TYPE, SINGLE_LABEL, MULTI_LABEL, type));
    }
    return type.equals(MULTI_LABEL);
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
    EncoderShape encoder = shape.encoder();
    ObjectNode root = JsonFields.MAPPER.createObjectNode();
    root.put("model_type", "gnomon-student");
    root.put("embedding", shape.embedding());
    root.put("hidden", encoder.hidden());
    root.put("layers", encoder.layers());
    root.put("heads", encoder.heads());
    root.put("feed_forward", encoder.feedForward());
    root.put("max_positions", shape.maxPositions());
    root.put("position_offset", shape.positionOffset());
    root.put("epsilon", encoder.epsilon());
    root.put("dropout", encoder.dropout());
    root.put(TYPE, shape.multiLabel() ? MULTI_LABEL : SINGLE_LABEL);
    shape.classes().forEach(root.putArray(CLASSES)::add);
    ObjectNode table = root.putObject(TABLE);
    reference.forEach(table::put);
    return root.toPrettyString() + "\n";
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

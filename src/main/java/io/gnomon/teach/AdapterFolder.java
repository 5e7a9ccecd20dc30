package io.gnomon.teach;

import ai.djl.ndarray.NDArray;
import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.Json;
import io.gnomon.checkpoint.SafetensorsFile;
import io.gnomon.checkpoint.SafetensorsWriter;
import io.gnomon.checkpoint.Sha256;
import io.gnomon.checkpoint.StoredTensor;
import io.gnomon.checkpoint.StoredType;
import io.gnomon.config.InputException;
import io.gnomon.config.MethodConfig.Lora;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Low-rank additions in the layout of PEFT: {@code adapter_config.json} beside {@code
 * adapter_model.safetensors}, whose names begin with {@code base_model.model.}. The metadata of the
 * latter says which base they were made for, which PEFT has no field for.
 *
 * @see <a href="https://huggingface.co/docs/peft/developer_guides/checkpoint">the layout</a>
 */
final class AdapterFolder {
  /** Where a taught teacher keeps its adapter. */
  static final String NAME = "adapter";

  private static final String CONFIG = "adapter_config.json";
  private static final String WEIGHTS = "adapter_model.safetensors";
  private static final String PREFIX = "base_model.model.";
  private static final String A = ".lora_A.weight";
  private static final String B = ".lora_B.weight";
  private static final String TABLE_A = ".lora_embedding_A";
  private static final String TABLE_B = ".lora_embedding_B";
  private static final List<String> ENDINGS = List.of(A, B, TABLE_A, TABLE_B);
  private static final String BASE = "base_sha256";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private AdapterFolder() {}

  /**
   * Writes both files, the tensors in bfloat16.
   *
   * @param named how the configuration names the base
   * @param base the base's folder
   * @param trained A and B of each matrix, and tables trained as a whole
   */
  static void write(Path folder, String named, Path base, Lora lora, Map<String, NDArray> trained) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    trained.forEach(
        (name, array) ->
            tensors.put(
                PREFIX + name,
                new StoredTensor(
                    StoredType.BF16, array.getShape().getShape(), array.toFloatArray())));
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("made_by", "gnomon teach");
    metadata.put(BASE, Sha256.ofWeights(base));
    metadata.put("format", "pt");
    SafetensorsWriter.write(folder.resolve(WEIGHTS), tensors, metadata);
    AtomicFiles.writeString(
        folder.resolve(CONFIG),
        JSON.writeValueAsString(config(named, lora, trained.keySet())) + "\n");
  }

  private static Map<String, @Nullable Object> config(
      String named, Lora lora, Set<String> trained) {
    List<String> whole =
        trained.stream()
            .filter(name -> !name.contains(".lora_"))
            .map(AdapterFolder::module)
            .toList();
    List<String> targets = new ArrayList<>(lora.targets());
    trained.stream()
        .filter(name -> name.endsWith(TABLE_A))
        .map(AdapterFolder::module)
        .forEach(targets::add);
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    config.put("peft_type", "LORA");
    config.put("task_type", "CAUSAL_LM");
    config.put("base_model_name_or_path", named);
    config.put("r", lora.rank());
    config.put("lora_alpha", whole(lora.alpha()));
    config.put("lora_dropout", lora.dropout());
    config.put("target_modules", targets);
    config.put("modules_to_save", whole.isEmpty() ? null : whole);
    config.put("bias", "none");
    config.put("fan_in_fan_out", false);
    config.put("use_rslora", false);
    config.put("use_dora", false);
    config.put("inference_mode", true);
    return config;
  }

  /** A number without a fraction as PEFT writes it. */
  private static Number whole(double number) {
    return number == Math.rint(number) ? (Number) (long) number : (Number) number;
  }

  /** {@code embed_tokens} of {@code model.embed_tokens.weight}. */
  private static String module(String name) {
    String module = name.substring(0, name.lastIndexOf('.'));
    return module.substring(module.lastIndexOf('.') + 1);
  }

  /**
   * Reads both files.
   *
   * @throws InputException when one is missing or damaged, or asks for what is not computed here
   */
  static Adapter read(Path folder) {
    double alpha = alpha(folder.resolve(CONFIG));
    try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(WEIGHTS))) {
      Map<String, Adapter.Addition> additions = new LinkedHashMap<>();
      Map<String, float[]> replaced = new LinkedHashMap<>();
      for (String name : file.names()) {
        String plain = plain(folder, name);
        if (name.endsWith(A)) {
          String matrix = cut(plain, A);
          additions.put(matrix + ".weight", addition(file, PREFIX + matrix, alpha));
        } else if (name.endsWith(TABLE_A)) {
          String table = cut(plain, TABLE_A);
          additions.put(table + ".weight", crosswise(file, PREFIX + table, alpha));
        } else if (name.endsWith(B) || name.endsWith(TABLE_B)) {
          file.info(name.endsWith(B) ? cut(name, B) + A : cut(name, TABLE_B) + TABLE_A);
        } else {
          replaced.put(plain, file.floats(name));
        }
      }
      return new Adapter(file.metadata().get(BASE), additions, replaced);
    }
  }

  private static String cut(String name, String ending) {
    return name.substring(0, name.length() - ending.length());
  }

  private static String plain(Path folder, String name) {
    boolean known = ENDINGS.stream().anyMatch(name::endsWith) || !name.contains(".lora_");
    if (!name.startsWith(PREFIX) || !known) {
      throw new InputException(
          folder.resolve(WEIGHTS)
              + ": expected names as "
              + PREFIX
              + "…"
              + A
              + ", found "
              + name
              + "; give the folder of a LoRA adapter of matrices, as PEFT saves it");
    }
    return name.substring(PREFIX.length());
  }

  private static Adapter.Addition addition(SafetensorsFile file, String matrix, double alpha) {
    List<Long> a = shape(file, matrix + A);
    List<Long> b = shape(file, matrix + B);
    int rank = Math.toIntExact(a.get(0));
    file.require(matrix + B, b.get(0), rank);
    return new Adapter.Addition(
        alpha / rank, rank, file.floats(matrix + A), file.floats(matrix + B));
  }

  /** A table's addition: A (r, V) and B (D, r) for a weight (V, D). */
  private static Adapter.Addition crosswise(SafetensorsFile file, String table, double alpha) {
    List<Long> a = shape(file, table + TABLE_A);
    List<Long> b = shape(file, table + TABLE_B);
    int rank = Math.toIntExact(a.get(0));
    file.require(table + TABLE_B, b.get(0), rank);
    return new Adapter.Addition(
        alpha / rank,
        rank,
        turned(file.floats(table + TABLE_B), rank),
        turned(file.floats(table + TABLE_A), Math.toIntExact(a.get(1))));
  }

  /** The transpose of a matrix of {@code columns} columns. */
  private static float[] turned(float[] matrix, int columns) {
    int rows = matrix.length / columns;
    float[] turned = new float[matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      turned[i % columns * rows + i / columns] = matrix[i];
    }
    return turned;
  }

  private static List<Long> shape(SafetensorsFile file, String name) {
    List<Long> shape = file.info(name).dimensions();
    if (shape.size() != 2 || shape.contains(0L)) {
      throw new InputException(
          "%s: tensor %s: expected a matrix, found shape %s; copy the file again"
              .formatted(file.path(), name, shape));
    }
    return shape;
  }

  private static double alpha(Path file) {
    JsonNode root = Json.read(file);
    for (String key : List.of("use_rslora", "use_dora", "fan_in_fan_out")) {
      plain(file, key, !root.path(key).asBoolean(false), root.path(key));
    }
    for (String key : List.of("rank_pattern", "alpha_pattern")) {
      plain(file, key, root.path(key).isEmpty(), root.path(key));
    }
    plain(file, "bias", root.path("bias").asString("none").equals("none"), root.path("bias"));
    JsonNode alpha = root.path("lora_alpha");
    if (!alpha.isNumber()) {
      throw new InputException(
          file + ": lora_alpha: expected a number, found " + said(alpha) + "; copy the file again");
    }
    return alpha.asDouble();
  }

  private static void plain(Path file, String key, boolean holds, JsonNode found) {
    if (!holds) {
      throw new InputException(
          file
              + ": "
              + key
              + ": expected none, found "
              + said(found)
              + "; give a plain LoRA adapter");
    }
  }

  private static String said(JsonNode node) {
    return node.isMissingNode() ? "none" : node.toString();
  }
}

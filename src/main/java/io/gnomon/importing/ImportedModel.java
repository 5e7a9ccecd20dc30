package io.gnomon.importing;

import io.gnomon.checkpoint.StoredTensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an import writes.
 *
 * @param family {@code model_type} of the model
 * @param layers its depth
 * @param tensors the weights by their Hugging Face names, read when they are written, in this order
 * @param texts the small files by name, {@code config.json} among them
 */
public record ImportedModel(
    String family, int layers, Map<String, StoredTensor> tensors, Map<String, String> texts) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public ImportedModel {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
  }

  /** A tree of maps, lists and values as the text of a JSON file. */
  public static String json(Object tree) {
    return JSON.writeValueAsString(tree) + "\n";
  }

  /** How many weights there are. */
  long parameters() {
    return tensors.values().stream()
        .mapToLong(tensor -> tensor.length() / tensor.type().bytes())
        .sum();
  }
}

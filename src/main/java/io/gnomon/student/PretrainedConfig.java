package io.gnomon.student;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the student needs of a RoBERTa or BERT folder's {@code config.json}.
 *
 * @param maxPositions longest input in positions
 * @param positionOffset rows of the position table before the first position
 * @param startToken id of {@code <s>} or {@code [CLS]}; null where the folder does not say
 */
record PretrainedConfig(
    int hidden,
    int layers,
    int heads,
    int feedForward,
    double epsilon,
    int maxPositions,
    int positionOffset,
    @Nullable Integer startToken) {
  private static final List<String> FAMILIES = List.of("bert", "roberta");

  /**
   * Reads {@code folder/config.json}.
   *
   * @throws InputException when it is missing, not JSON, of another family or lacks a size
   */
  static PretrainedConfig read(Path folder) {
    JsonFields fields = JsonFields.read(folder.resolve("config.json"));
    String family = fields.text("model_type");
    if (!FAMILIES.contains(family)) {
      throw new InputException(
          ("%s: expected model_type bert or roberta, found %s; give such a folder as"
                  + " student.from_checkpoint, or leave it out")
              .formatted(fields.file(), family));
    }
    expect(fields, "hidden_act", "gelu");
    expect(fields, "position_embedding_type", "absolute");
    boolean roberta = family.equals("roberta");
    int offset = roberta ? RobertaShape.ROBERTA_OFFSET : 0;
    return new PretrainedConfig(
        fields.count("hidden_size"),
        fields.count("num_hidden_layers"),
        fields.count("num_attention_heads"),
        fields.count("intermediate_size"),
        fields.number("layer_norm_eps"),
        fields.count("max_position_embeddings") - offset,
        offset,
        roberta ? fields.optionalInteger("bos_token_id") : wordPieceStart(folder));
  }

  private static void expect(JsonFields fields, String key, String value) {
    JsonNode found = fields.optional(key);
    if (found != null && !found.asString().equals(value)) {
      throw new InputException(
          "%s: expected %s %s, found %s; a student has no other, take another checkpoint"
              .formatted(fields.file(), key, value, found.asString()));
    }
  }

  /** BERT's config.json does not name [CLS]; its vocabulary, one entry a line, does. */
  private static @Nullable Integer wordPieceStart(Path folder) {
    Path vocabulary = folder.resolve("vocab.txt");
    if (!Files.exists(vocabulary)) {
      return null;
    }
    try {
      int line = Files.readAllLines(vocabulary, StandardCharsets.UTF_8).indexOf("[CLS]");
      return line < 0 ? null : line;
    } catch (IOException e) {
      throw new InputException(vocabulary + ": cannot be read: " + e.getMessage(), e);
    }
  }
}

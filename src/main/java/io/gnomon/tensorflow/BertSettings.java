package io.gnomon.tensorflow;

import io.gnomon.config.InputException;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the variables do not tell: {@code bert_config.json} beside a checkpoint does; a SavedModel
 * has none, and then it is as in all of Google's models, heads 64 wide and GELU.
 *
 * <p>GELU is the exact one, with which BERT was trained and which Hugging Face means by {@code
 * gelu}. Later graphs of Google's, those on TensorFlow Hub among them, compute its approximation by
 * tanh: behind the 12 layers of BERT-base the two differ by 0.05 where values reach 9.7.
 *
 * @param heads attention heads
 * @param activation {@code hidden_act}
 * @param told whether a {@code bert_config.json} says so
 */
record BertSettings(int heads, String activation, boolean told) {
  private static final String FILE = "bert_config.json";
  private static final String HEADS = "num_attention_heads";
  private static final int HEAD_WIDTH = 64;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * The settings of the model in {@code checkpoint}.
   *
   * @throws InputException when they are damaged, or are neither told nor of the usual kind
   */
  static BertSettings of(Checkpoint checkpoint, int hidden) {
    Optional<SmallText> file = checkpoint.text(FILE);
    if (file.isPresent()) {
      return read(file.get(), hidden);
    }
    if (hidden % HEAD_WIDTH != 0) {
      throw new InputException(
          "%s: expected a %s that says the number of heads, for a width of %d is not a multiple of"
                  .formatted(checkpoint.files().label(checkpoint.index()), FILE, hidden)
              + " %d, found none; put the one of the model beside it".formatted(HEAD_WIDTH));
    }
    return new BertSettings(hidden / HEAD_WIDTH, "gelu", false);
  }

  private static BertSettings read(SmallText file, int hidden) {
    try {
      JsonNode root = JSON.readTree(file.text());
      JsonNode heads = root.path(HEADS);
      if (!heads.isInt() || heads.asInt() < 1 || hidden % heads.asInt() != 0) {
        throw new InputException(
            "%s: %s: expected a divisor of the width %d, found %s; take it from the same model"
                .formatted(file.where(), HEADS, hidden, heads.isMissingNode() ? "none" : heads));
      }
      return new BertSettings(heads.asInt(), root.path("hidden_act").asString("gelu"), true);
    } catch (JacksonException e) {
      throw ByteCursor.broken(
          file.where(),
          "expected JSON, found " + e.getOriginalMessage().lines().findFirst().orElse(""));
    }
  }
}

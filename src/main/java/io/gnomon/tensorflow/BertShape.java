package io.gnomon.tensorflow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sizes of a BERT, read off its variables.
 *
 * @param vocabulary words
 * @param hidden width
 * @param layers depth
 * @param feedForward width of the feed-forward blocks
 * @param positions longest input
 * @param tokenTypes segments that tokens may be of
 */
record BertShape(
    int vocabulary, int hidden, int layers, int feedForward, int positions, int tokenTypes) {
  /** {@code variance_epsilon} of the LayerNorm in TensorFlow 1. */
  private static final double EPSILON = 1e-12;

  /** Dropout and spread of the first weights: what BERT was trained with. */
  private static final double DROPOUT = 0.1;

  private static final double SPREAD = 0.02;

  /**
   * The sizes of {@code variables}.
   *
   * @throws io.gnomon.config.InputException when one of those that tell them is missing
   */
  static BertShape of(BertVariables variables) {
    List<Long> words = variables.find(BertNames.WORDS, 2, "[words, width]").dimensions();
    int layers = 1 + variables.names().stream().mapToInt(BertNames::layerOf).max().orElse(-1);
    String kernel = BertNames.layer(0) + "intermediate/dense/kernel";
    return new BertShape(
        Math.toIntExact(words.get(0)),
        Math.toIntExact(words.get(1)),
        layers,
        size(variables, kernel, 1, "[width, feed-forward width]"),
        size(variables, BertNames.POSITIONS, 0, "[positions, width]"),
        size(variables, BertNames.TOKEN_TYPES, 0, "[token types, width]"));
  }

  private static int size(BertVariables variables, String name, int dimension, String shape) {
    return Math.toIntExact(variables.find(name, 2, shape).dimensions().get(dimension));
  }

  /**
   * config.json.
   *
   * @param implementation the class of {@code transformers} that has these weights
   */
  Map<String, Object> config(BertSettings settings, String implementation) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("architectures", List.of(implementation));
    config.put("model_type", "bert");
    config.put("vocab_size", vocabulary);
    config.put("hidden_size", hidden);
    config.put("num_hidden_layers", layers);
    config.put("num_attention_heads", settings.heads());
    config.put("intermediate_size", feedForward);
    config.put("hidden_act", settings.activation());
    config.put("max_position_embeddings", positions);
    config.put("type_vocab_size", tokenTypes);
    config.put("layer_norm_eps", EPSILON);
    config.put("hidden_dropout_prob", DROPOUT);
    config.put("attention_probs_dropout_prob", DROPOUT);
    config.put("initializer_range", SPREAD);
    config.put("pad_token_id", 0);
    config.put("dtype", "float32");
    config.put("torch_dtype", "float32");
    return config;
  }
}

package io.gnomon.tensorflow;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Google's names of BERT's variables. */
final class BertNames {
  static final String EMBEDDINGS = "bert/embeddings/";
  static final String WORDS = EMBEDDINGS + "word_embeddings";
  static final String POSITIONS = EMBEDDINGS + "position_embeddings";
  static final String TOKEN_TYPES = EMBEDDINGS + "token_type_embeddings";
  static final String POOLER = "bert/pooler/dense";
  static final String PREDICTIONS = "cls/predictions/";
  static final String PREDICTION_BIAS = PREDICTIONS + "output_bias";
  static final String NEXT_SENTENCE = "cls/seq_relationship/output_weights";
  static final String NEXT_SENTENCE_BIAS = "cls/seq_relationship/output_bias";

  private static final Pattern LAYER = Pattern.compile("bert/encoder/layer_(\\d{1,4})/.*");

  /** What an optimizer keeps beside the weights, and the counts of steps. */
  private static final Pattern TRAINING =
      Pattern.compile(".*(/(adam_[mv]|Adam(_1)?|Momentum)|global_step|beta[12]_power)");

  private BertNames() {}

  /** The variables of a layer begin so. */
  static String layer(int number) {
    return "bert/encoder/layer_" + number + "/";
  }

  /** Which layer {@code name} is of; −1 when of none. */
  static int layerOf(String name) {
    Matcher matcher = LAYER.matcher(name);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
  }

  /** Whether {@code name} is of the training and not of the model. */
  static boolean isOfTraining(String name) {
    return TRAINING.matcher(name).matches();
  }

  /** A name of Google's, without its last part, as Hugging Face writes it. */
  static String theirs(String name) {
    return name.replace("layer_", "layer.").replace('/', '.');
  }
}

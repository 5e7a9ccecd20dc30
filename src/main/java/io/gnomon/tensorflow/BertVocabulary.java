package io.gnomon.tensorflow;

import io.gnomon.config.InputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The words of {@code vocab.txt}, one a line, and the tokenizer that they make.
 *
 * @param text the file as it is
 * @param words its lines
 */
record BertVocabulary(String text, List<String> words) {
  /** The names of its file. */
  static final String FILE = "vocab.txt";

  private static final String UNKNOWN = "[UNK]";
  private static final String START = "[CLS]";
  private static final String END = "[SEP]";
  private static final String PADDING = "[PAD]";
  private static final String MASK = "[MASK]";
  private static final List<String> SPECIAL = List.of(PADDING, UNKNOWN, START, END, MASK);

  /** {@code max_input_chars_per_word} of Hugging Face's BERT. */
  private static final int LONGEST_WORD = 100;

  BertVocabulary {
    words = List.copyOf(words);
  }

  /**
   * The vocabulary in {@code file}.
   *
   * @param count words that the model has
   * @throws InputException when it has not as many, one twice, or lacks BERT's own
   */
  static BertVocabulary read(SmallText file, int count) {
    List<String> words = file.text().lines().map(String::strip).toList();
    int distinct = new HashSet<>(words).size();
    if (words.size() != count || distinct != count || !words.containsAll(SPECIAL)) {
      throw new InputException(
          "%s: expected %d different words with %s among them, found %d, %d of them different; %s"
              .formatted(
                  file.where(),
                  count,
                  String.join(" ", SPECIAL),
                  words.size(),
                  distinct,
                  "take the vocabulary of the same model"));
    }
    return new BertVocabulary(file.text(), words);
  }

  /** Models of lower-cased text have no word that this would change, but for the special ones. */
  private boolean lowerCased() {
    return words.stream()
        .filter(word -> !word.startsWith("["))
        .allMatch(word -> word.equals(word.toLowerCase(Locale.ROOT)));
  }

  /** The tree of {@code tokenizer_config.json}. */
  Map<String, Object> config(int positions) {
    return ordered(
        "tokenizer_class", "BertTokenizer",
        "do_lower_case", lowerCased(),
        "unk_token", UNKNOWN,
        "cls_token", START,
        "sep_token", END,
        "pad_token", PADDING,
        "mask_token", MASK,
        "model_max_length", positions);
  }

  /** The tree of {@code tokenizer.json}. */
  Map<String, @Nullable Object> tree() {
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    root.put("version", "1.0");
    root.put("truncation", null);
    root.put("padding", null);
    root.put("added_tokens", SPECIAL.stream().map(this::added).toList());
    root.put("normalizer", normalizer());
    root.put("pre_tokenizer", Map.of("type", "BertPreTokenizer"));
    root.put("post_processor", template());
    root.put("decoder", ordered("type", "WordPiece", "prefix", "##", "cleanup", true));
    root.put("model", model());
    return root;
  }

  private Map<String, Object> added(String word) {
    Map<String, Object> added = ordered("id", words.indexOf(word), "content", word);
    for (String off : List.of("single_word", "lstrip", "rstrip", "normalized")) {
      added.put(off, false);
    }
    added.put("special", true);
    return added;
  }

  /** Accents go where capitals go: null means so. */
  private Map<String, @Nullable Object> normalizer() {
    Map<String, @Nullable Object> normalizer = new LinkedHashMap<>();
    normalizer.put("type", "BertNormalizer");
    normalizer.put("clean_text", true);
    normalizer.put("handle_chinese_chars", true);
    normalizer.put("strip_accents", null);
    normalizer.put("lowercase", lowerCased());
    return normalizer;
  }

  private Map<String, Object> template() {
    List<Map<String, Object>> single = List.of(special(START, 0), text("A", 0), special(END, 0));
    List<Map<String, Object>> pair = new ArrayList<>(single);
    pair.add(text("B", 1));
    pair.add(special(END, 1));
    Map<String, Object> tokens = new LinkedHashMap<>();
    for (String word : List.of(START, END)) {
      tokens.put(
          word, ordered("id", word, "ids", List.of(words.indexOf(word)), "tokens", List.of(word)));
    }
    return ordered(
        "type", "TemplateProcessing", "single", single, "pair", pair, "special_tokens", tokens);
  }

  private static Map<String, Object> special(String word, int type) {
    return Map.of("SpecialToken", ordered("id", word, "type_id", type));
  }

  private static Map<String, Object> text(String which, int type) {
    return Map.of("Sequence", ordered("id", which, "type_id", type));
  }

  private Map<String, Object> model() {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (int id = 0; id < words.size(); id++) {
      ids.put(words.get(id), id);
    }
    return ordered(
        "type", "WordPiece",
        "unk_token", UNKNOWN,
        "continuing_subword_prefix", "##",
        "max_input_chars_per_word", LONGEST_WORD,
        "vocab", ids);
  }

  /** Keys and values in turn, in this very order: the same file gives the same bytes. */
  private static Map<String, Object> ordered(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i].toString(), pairs[i + 1]);
    }
    return map;
  }
}

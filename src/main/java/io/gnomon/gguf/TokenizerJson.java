package io.gnomon.gguf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code tokenizer.json} and {@code tokenizer_config.json} out of a GGUF file's vocabulary.
 *
 * <p>SentencePiece vocabularies become byte-pair merges with byte fall-back, as {@code
 * transformers} converts them: blanks are written ▁, and a text that begins with none is given one.
 */
final class TokenizerJson {
  private static final String BLANK = "▁";

  /** What an entry and its following share in both cutting rules of OpenAI's later tokenizers. */
  private static final String CUT =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}%s"
          + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private final GgufVocabulary vocabulary;
  private final boolean sentencePiece;
  private final String cutting;

  private TokenizerJson(GgufVocabulary vocabulary, boolean sentencePiece, String cutting) {
    this.vocabulary = vocabulary;
    this.sentencePiece = sentencePiece;
    this.cutting = cutting;
  }

  /**
   * The tokenizer of {@code vocabulary}.
   *
   * @throws io.gnomon.config.InputException when it is of a kind that is not read
   */
  static TokenizerJson of(GgufVocabulary vocabulary) {
    return switch (vocabulary.model()) {
      case "llama" -> new TokenizerJson(vocabulary, true, "");
      case "gpt2" -> new TokenizerJson(vocabulary, false, cutting(vocabulary));
      default ->
          throw vocabulary
              .metadata()
              .wrong(
                  "tokenizer.ggml.model",
                  "one of llama, gpt2",
                  vocabulary.model(),
                  "; take a model with one of these tokenizers");
    };
  }

  /** How texts are cut before merging; the architecture tells where an older file does not. */
  private static String cutting(GgufVocabulary vocabulary) {
    String architecture = vocabulary.metadata().text("general.architecture");
    String named = vocabulary.preTokenizer();
    String rule = named.isEmpty() && architecture.equals("qwen2") ? "qwen2" : named;
    return switch (rule) {
      case "gpt-2", "qwen2", "llama-bpe" -> rule;
      case "llama3", "llama-v3" -> "llama-bpe";
      default ->
          throw vocabulary
              .metadata()
              .wrong(
                  "tokenizer.ggml.pre",
                  "one of gpt-2, llama-bpe, qwen2",
                  named.isEmpty() ? "none" : named,
                  "; take a model with one of these tokenizers");
    };
  }

  /** The tree of {@code tokenizer.json}. */
  Map<String, @Nullable Object> tree() {
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    root.put("version", "1.0");
    root.put("truncation", null);
    root.put("padding", null);
    root.put("added_tokens", addedTokens());
    root.put("normalizer", cutting.equals("qwen2") ? Map.of("type", "NFC") : null);
    root.put("pre_tokenizer", sentencePiece ? blanks() : cuts());
    root.put("post_processor", template());
    root.put("decoder", sentencePiece ? blankDecoder() : byteLevel(true));
    root.put("model", model());
    return root;
  }

  /** The tree of {@code tokenizer_config.json}. */
  Map<String, @Nullable Object> config(int positions) {
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    root.put("tokenizer_class", "PreTrainedTokenizerFast");
    root.put("bos_token", vocabulary.token("bos"));
    root.put("eos_token", vocabulary.token("eos"));
    root.put("unk_token", vocabulary.token("unknown"));
    root.put("pad_token", vocabulary.token("padding"));
    root.put("add_bos_token", opens());
    root.put("model_max_length", positions);
    root.put("clean_up_tokenization_spaces", false);
    String chat = vocabulary.metadata().text("tokenizer.chat_template", "");
    if (!chat.isEmpty()) {
      root.put("chat_template", chat);
    }
    return root;
  }

  /** Entries that are matched as a whole before a text is cut. */
  private List<Map<String, Object>> addedTokens() {
    Set<String> named = new HashSet<>();
    for (String name : List.of("bos", "eos", "unknown")) {
      String token = vocabulary.token(name);
      if (token != null) {
        named.add(token);
      }
    }
    List<Map<String, Object>> added = new ArrayList<>();
    for (int id = 0; id < vocabulary.tokens().size(); id++) {
      GgufVocabulary.Kind kind = vocabulary.kinds().get(id);
      boolean special = kind.special() || named.contains(vocabulary.tokens().get(id));
      if (special || kind == GgufVocabulary.Kind.USER_DEFINED) {
        added.add(addedToken(id, special));
      }
    }
    return added;
  }

  private Map<String, Object> addedToken(int id, boolean special) {
    Map<String, Object> token = ordered("id", id, "content", vocabulary.tokens().get(id));
    for (String off : List.of("single_word", "lstrip", "rstrip", "normalized")) {
      token.put(off, false);
    }
    token.put("special", special);
    return token;
  }

  private boolean spaced() {
    return vocabulary.flag("add_space_prefix", true);
  }

  private Map<String, Object> blanks() {
    return ordered(
        "type",
        "Metaspace",
        "replacement",
        BLANK,
        "prepend_scheme",
        spaced() ? "first" : "never",
        "split",
        false);
  }

  private Map<String, Object> blankDecoder() {
    List<Map<String, Object>> steps = new ArrayList<>();
    steps.add(ordered("type", "Replace", "pattern", Map.of("String", BLANK), "content", " "));
    steps.add(Map.of("type", "ByteFallback"));
    steps.add(Map.of("type", "Fuse"));
    if (spaced()) {
      steps.add(ordered("type", "Strip", "content", " ", "start", 1, "stop", 0));
    }
    return ordered("type", "Sequence", "decoders", steps);
  }

  private Map<String, Object> cuts() {
    if (cutting.equals("gpt-2")) {
      return byteLevel(true);
    }
    String rule = CUT.formatted(cutting.equals("llama-bpe") ? "{1,3}" : "");
    Map<String, Object> split =
        ordered(
            "type",
            "Split",
            "pattern",
            Map.of("Regex", rule),
            "behavior",
            "Isolated",
            "invert",
            false);
    return ordered("type", "Sequence", "pretokenizers", List.of(split, byteLevel(false)));
  }

  private static Map<String, Object> byteLevel(boolean cutting) {
    return ordered(
        "type", "ByteLevel", "add_prefix_space", false, "trim_offsets", true, "use_regex", cutting);
  }

  /** Whether a sequence is opened by BOS: llama.cpp's own defaults where the file does not say. */
  private boolean opens() {
    return vocabulary.flag("add_bos_token", sentencePiece || cutting.equals("llama-bpe"))
        && vocabulary.token("bos") != null;
  }

  private @Nullable Map<String, Object> template() {
    String opening = vocabulary.token("bos");
    if (opening == null || !opens()) {
      return null;
    }
    Map<String, Object> special = Map.of("SpecialToken", ordered("id", opening, "type_id", 0));
    Map<String, Object> first = Map.of("Sequence", ordered("id", "A", "type_id", 0));
    Map<String, Object> second = Map.of("Sequence", ordered("id", "B", "type_id", 1));
    int id = vocabulary.ids().getOrDefault(opening, 0);
    return ordered(
        "type", "TemplateProcessing",
        "single", List.of(special, first),
        "pair", List.of(special, first, second),
        "special_tokens",
            Map.of(
                opening, ordered("id", opening, "ids", List.of(id), "tokens", List.of(opening))));
  }

  /** Keys and values in turn, in this very order: the same file gives the same bytes. */
  private static Map<String, Object> ordered(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i].toString(), pairs[i + 1]);
    }
    return map;
  }

  private Map<String, @Nullable Object> model() {
    Map<String, Integer> ids = vocabulary.ids();
    Map<String, @Nullable Object> model = new LinkedHashMap<>();
    model.put("type", "BPE");
    model.put("dropout", null);
    model.put("unk_token", sentencePiece ? vocabulary.token("unknown") : null);
    model.put("continuing_subword_prefix", null);
    model.put("end_of_word_suffix", null);
    model.put("fuse_unk", sentencePiece);
    model.put("byte_fallback", sentencePiece);
    model.put("ignore_merges", cutting.equals("llama-bpe"));
    model.put("vocab", ids);
    model.put("merges", merges(ids));
    return model;
  }

  private List<List<String>> merges(Map<String, Integer> ids) {
    if (sentencePiece && !vocabulary.hasMerges()) {
      return ScoreMerges.of(vocabulary.tokens(), vocabulary.scores());
    }
    Map<String, List<String>> merges = new LinkedHashMap<>();
    for (String merge : vocabulary.merges()) {
      int blank = merge.indexOf(' ', 1);
      List<String> parts =
          blank < 0
              ? List.of(merge, "")
              : List.of(merge.substring(0, blank), merge.substring(blank + 1));
      if (!ids.keySet().containsAll(parts) || !ids.containsKey(String.join("", parts))) {
        throw vocabulary
            .metadata()
            .wrong("tokenizer.ggml.merges", "two entries of the vocabulary", "'" + merge + "'");
      }
      merges.put(merge, parts);
    }
    return List.copyOf(merges.values());
  }
}

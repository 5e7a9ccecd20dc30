package io.gnomon.teach;

import io.gnomon.checkpoint.AtomicFiles;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A vocabulary as a Hugging Face folder keeps it: {@code tokenizer.json}, which DJL's tokenizers
 * and {@code transformers} load, and {@code tokenizer_config.json}. Encoding adds no token by
 * itself.
 */
public final class TokenizerFile {
  private static final JsonMapper JSON = new JsonMapper();

  private TokenizerFile() {}

  /**
   * Writes both files into {@code folder}.
   *
   * @param maxPositions tokens that the model can take, for {@code model_max_length}
   * @throws io.gnomon.config.InputException when they cannot be written
   */
  public static void write(Path folder, BpeVocabulary vocabulary, int maxPositions) {
    AtomicFiles.writeString(
        folder.resolve("tokenizer.json"), JSON.writeValueAsString(tokenizer(vocabulary)));
    AtomicFiles.writeString(
        folder.resolve("tokenizer_config.json"), JSON.writeValueAsString(config(maxPositions)));
  }

  private static Map<String, @Nullable Object> tokenizer(BpeVocabulary vocabulary) {
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    root.put("version", "1.0");
    root.put("truncation", null);
    root.put("padding", null);
    root.put("added_tokens", specialTokens());
    root.put("normalizer", vocabulary.lowercase() ? Map.of("type", "Lowercase") : null);
    root.put("pre_tokenizer", byteLevel());
    root.put("post_processor", null);
    root.put("decoder", byteLevel());
    root.put("model", model(vocabulary));
    return root;
  }

  private static List<Map<String, Object>> specialTokens() {
    return IntStream.range(0, BpeVocabulary.SPECIAL.size())
        .mapToObj(TokenizerFile::specialToken)
        .toList();
  }

  private static Map<String, Object> specialToken(int id) {
    Map<String, Object> token = new LinkedHashMap<>();
    token.put("id", id);
    token.put("content", BpeVocabulary.SPECIAL.get(id));
    for (String off : List.of("single_word", "lstrip", "rstrip", "normalized")) {
      token.put(off, false);
    }
    token.put("special", true);
    return token;
  }

  private static Map<String, Object> byteLevel() {
    Map<String, Object> step = new LinkedHashMap<>();
    step.put("type", "ByteLevel");
    step.put("add_prefix_space", false);
    step.put("trim_offsets", true);
    step.put("use_regex", true);
    return step;
  }

  private static Map<String, @Nullable Object> model(BpeVocabulary vocabulary) {
    Map<String, @Nullable Object> model = new LinkedHashMap<>();
    model.put("type", "BPE");
    model.put("dropout", null);
    model.put("unk_token", null);
    model.put("continuing_subword_prefix", null);
    model.put("end_of_word_suffix", null);
    model.put("fuse_unk", false);
    model.put("byte_fallback", false);
    model.put("vocab", ids(vocabulary.entries()));
    model.put("merges", merges(vocabulary));
    return model;
  }

  private static Map<String, Integer> ids(List<String> entries) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    entries.forEach(entry -> ids.put(entry, ids.size()));
    return Collections.unmodifiableMap(ids);
  }

  /** As "left right", the form that every version of the library reads. */
  private static List<String> merges(BpeVocabulary vocabulary) {
    List<String> entries = vocabulary.entries();
    return vocabulary.merges().stream()
        .map(merge -> entries.get(merge.left()) + " " + entries.get(merge.right()))
        .toList();
  }

  private static Map<String, Object> config(int maxPositions) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("tokenizer_class", "PreTrainedTokenizerFast");
    root.put("bos_token", BpeVocabulary.SPECIAL.get(0));
    root.put("eos_token", BpeVocabulary.SPECIAL.get(1));
    root.put("pad_token", BpeVocabulary.SPECIAL.get(2));
    root.put("model_max_length", maxPositions);
    root.put("clean_up_tokenization_spaces", false);
    return root;
  }
}

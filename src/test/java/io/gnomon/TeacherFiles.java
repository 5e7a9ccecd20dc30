package io.gnomon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A teacher's folder without weights, for what reads config.json and tokenizer.json alone. Its
 * WordPiece tokenizer knows few words: {@code awful} is {@code aw ##ful}, {@code awesome} is {@code
 * aw ##esome}.
 */
public final class TeacherFiles {
  /** Positions of the model. */
  public static final int POSITIONS = 31;

  private static final List<String> VOCABULARY =
      List.of("[UNK]", "is", "it", "answer", "good", "bad", "aw", "##ful", "##esome", "fine");

  private TeacherFiles() {}

  /** Writes both files to {@code folder}. */
  public static Path write(Path folder) {
    writeConfig(folder, "llama");
    StringBuilder vocabulary = new StringBuilder();
    for (String entry : VOCABULARY) {
      vocabulary
          .append(vocabulary.isEmpty() ? "" : ", ")
          .append('"')
          .append(entry)
          .append("\": ")
          .append(VOCABULARY.indexOf(entry));
    }
    write(
        folder.resolve("tokenizer.json"),
        """
        {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
         "normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "Whitespace"},
         "post_processor": null, "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": false},
         "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                   "max_input_chars_per_word": 100, "vocab": {%s}}}
        """
            .formatted(vocabulary));
    return folder;
  }

  /** Writes config.json of a model of {@code family} alone. */
  public static void writeConfig(Path folder, String family) {
    write(
        folder.resolve("config.json"),
        """
        {"model_type": "%s", "vocab_size": %d, "hidden_size": 22, "num_hidden_layers": 2,
         "num_attention_heads": 11, "intermediate_size": 13, "max_position_embeddings": %d}
        """
            .formatted(family, VOCABULARY.size(), POSITIONS));
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.gnomon.teach;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.gnomon.config.TeachConfig.TokenizerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerFileTest {
  private static final List<String> TEXTS =
      List.of(
          "Is the sentiment of this movie review positive or negative?",
          "It's a great movie; we'll see it again.  They've said they're 'd'accord'.\n",
          "\n\n  Two lines,\tand a tab \n then   spaces   \n\n",
          "A family: 👨‍👩‍👧 and flags 🇫🇷, café naïve ÅNGSTRÖM İstanbul ΟΔΥΣΣΕΥΣ.",
          "1234 5,678.90 ½ ٣ Ⅷ 第三 日本語のテキスト ไทย",
          "no\u00a0break\u2003em\u0085next\u200bzero <br /><br />end... \r\n",
          "",
          " ",
          "\u0000\u0001 control \u007f");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theLibraryEncodesAndDecodesAsTheMergesSay(boolean lowercase) throws IOException {
    BpeVocabulary vocabulary = write(lowercase);
    try (HuggingFaceTokenizer tokenizer = load()) {
      for (String text : TEXTS) {
        long[] ids = tokenizer.encode(text).getIds();
        assertArrayEquals(
            Arrays.stream(vocabulary.encode(text)).asLongStream().toArray(), ids, text);
        if (!lowercase) {
          assertEquals(text, tokenizer.decode(ids));
        }
      }
      String lower = "great movie, again 👨‍👩‍👧\n";
      String shouted = lowercase ? lower.toUpperCase(Locale.ROOT) : lower;
      assertEquals(lower, tokenizer.decode(tokenizer.encode(shouted).getIds()));
    }
  }

  @Test
  void givenWordsAreOneTokenAfterAPrompt() throws IOException {
    write(true);
    try (HuggingFaceTokenizer tokenizer = load()) {
      long[] alone = tokenizer.encode("answer:").getIds();
      long[] with = tokenizer.encode("answer: Positive").getIds();
      assertEquals(alone.length + 1, with.length);
      assertEquals(" positive", tokenizer.decode(new long[] {with[with.length - 1]}));
    }
  }

  @Test
  void bothFilesAreWrittenAndNothingElse() throws IOException {
    write(true);
    String config = Files.readString(folder.resolve("tokenizer_config.json"));
    assertTrue(config.contains("\"tokenizer_class\":\"PreTrainedTokenizerFast\""), config);
    assertTrue(config.contains("\"model_max_length\":61"), config);
    try (var list = Files.list(folder)) {
      assertEquals(2, list.count());
    }
  }

  private BpeVocabulary write(boolean lowercase) {
    BpeTrainer trainer = new BpeTrainer(new TokenizerConfig(397, lowercase));
    for (int i = 0; i < 3; i++) {
      TEXTS.forEach(trainer::add);
    }
    BpeVocabulary vocabulary = trainer.train(List.of(" positive", " negative", " excellent"));
    TokenizerFile.write(folder, vocabulary, 61);
    return vocabulary;
  }

  private HuggingFaceTokenizer load() throws IOException {
    return HuggingFaceTokenizer.newInstance(
        folder.resolve("tokenizer.json"), Map.of("truncation", "false", "padding", "false"));
  }
}

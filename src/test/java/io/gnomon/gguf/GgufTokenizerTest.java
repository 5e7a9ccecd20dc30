package io.gnomon.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gnomon.Shared;
import io.gnomon.teacher.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Vocabularies out of GGUF tokenize as the original tokenizers. */
class GgufTokenizerTest {
  private static final List<String> AWKWARD =
      List.of(
          "The capital of France is",
          "Is the sentiment of this movie review positive or negative?\nAnswer:",
          " one blank before",
          "   three blanks before,   three between,  and two behind  ",
          "\n\nlines\r\n\tand\ttabs\n",
          "▁lower▁one▁eighth",
          "naïve café, Ångström, ΟΔΥΣΣΕΥΣ, İstanbul, ﬁn",
          "日本語のテキスト, 收弘给, ไทย, עברית",
          "👨‍👩‍👧 🇫🇷 🤷🏽‍♀️",
          "</s>between<s>special<unk>tokens",
          "<0x0A> is no byte",
          "1234567890 3.14159 1,000,000 ½",
          "don't can't I'll y'all",
          "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
          "http://www.example.org/?q=a+b&c=%20#x <br /><br />",
          "\u0000\u0001\u007f\u00a0\u200b\ufeff",
          "x");

  @TempDir Path folder;

  private Tokenizer write(GgufWriter writer, int rows) throws IOException {
    Path file = writer.f32("token_embd.weight", new float[1], 1).write(folder.resolve("x.gguf"));
    try (GgufFile gguf = GgufFile.open(file)) {
      TokenizerJson json = TokenizerJson.of(GgufVocabulary.of(gguf.metadata(), rows));
      Files.writeString(
          folder.resolve("tokenizer.json"), JsonMapper.shared().writeValueAsString(json.tree()));
    }
    return Tokenizer.open(folder);
  }

  private static GgufWriter sentencePiece(List<String> tokens, List<Float> scores) {
    List<Integer> kinds = new ArrayList<>();
    for (String token : tokens) {
      kinds.add(
          token.equals("<unk>")
              ? 2
              : token.matches("</?s>") ? 3 : token.matches("<0x[0-9A-F]{2}>") ? 6 : 1);
    }
    return new GgufWriter()
        .with("general.architecture", "llama")
        .with("tokenizer.ggml.model", "llama")
        .with("tokenizer.ggml.tokens", tokens)
        .with("tokenizer.ggml.scores", scores)
        .with("tokenizer.ggml.token_type", kinds)
        .with("tokenizer.ggml.bos_token_id", 1)
        .with("tokenizer.ggml.eos_token_id", 2)
        .with("tokenizer.ggml.unknown_token_id", 0);
  }

  /** Llama 2's scores: minus the place among the merged entries, blanks alone at the very end. */
  @Test
  void llamasVocabularyGivesItsMergesAndItsIds() throws IOException {
    Path original = Shared.require("models/stories15M");
    JsonNode json = TestJson.read(original.resolve("tokenizer.json"));
    List<String> tokens = TestJson.entries(json);
    List<Float> scores = new ArrayList<>();
    for (int id = 0; id < tokens.size(); id++) {
      boolean blanks = tokens.get(id).matches("▁+");
      scores.add(id < 259 ? 0f : blanks ? -1e9f : 259f - id);
    }
    try (Tokenizer actual = write(sentencePiece(tokens, scores), 32_000);
        Tokenizer expected = Tokenizer.open(original)) {
      JsonNode written = TestJson.read(folder.resolve("tokenizer.json"));
      assertEquals(TestJson.merges(json), TestJson.merges(written));
      for (String text : AWKWARD) {
        assertArrayEquals(expected.encode(text), actual.encode(text), text);
        assertEquals(
            expected.decode(expected.encode(text)), actual.decode(actual.encode(text)), text);
      }
      assertEquals(1, actual.encodeOpening("x")[0], "BOS opens a sequence");
      assertArrayEquals(new long[] {1}, actual.encodeOpening(""));
    }
  }

  /** ab scores above bc, so abc is ab + c; a letter that is no entry falls back to its bytes. */
  @Test
  void scoresDecideAsByHand() throws IOException {
    List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
    for (int i = 0; i < 256; i++) {
      tokens.add("<0x%02X>".formatted(i));
    }
    tokens.addAll(List.of("▁", "a", "b", "c", "bc", "ab", "abc", "▁a"));
    List<Float> scores = new ArrayList<>();
    for (int id = 0; id < 259; id++) {
      scores.add(0f);
    }
    // By ids from 259 on; ab (264) before abc (265) before ▁a (266) before bc (263).
    scores.addAll(List.of(-10f, -11f, -12f, -13f, -4f, -1f, -2f, -3f));
    try (Tokenizer tokenizer = write(sentencePiece(tokens, scores), tokens.size() + 5)) {
      assertEquals(
          List.of("a b", "ab c", "a bc", "▁ a", "b c"),
          TestJson.merges(TestJson.read(folder.resolve("tokenizer.json"))));
      // ▁abc: a b first, so a is taken; then ab c.
      assertArrayEquals(new long[] {259, 265}, tokenizer.encode("abc"));
      assertArrayEquals(new long[] {266, 259, 263}, tokenizer.encode("a bc"));
      // é is C3 A9: bytes 195 and 169, three entries on.
      assertArrayEquals(new long[] {259, 198, 172}, tokenizer.encode("é"));
      assertEquals("a bc é", tokenizer.decode(tokenizer.encode("a bc é")));
    }
  }

  @Test
  void laterCuttingRulesKeepNumbersAsTheyShould() throws IOException {
    List<String> tokens =
        new ArrayList<>(List.of("<|begin|>", "1", "2", "3", "4", "12", "123", "1234", "23"));
    List<String> merges = List.of("1 2", "12 3", "123 4", "2 3");
    for (String rule : List.of("llama-bpe", "qwen2")) {
      GgufWriter writer =
          new GgufWriter()
              .with("general.architecture", rule.equals("qwen2") ? "qwen2" : "llama")
              .with("tokenizer.ggml.model", "gpt2")
              .with("tokenizer.ggml.pre", rule)
              .with("tokenizer.ggml.tokens", tokens)
              .with("tokenizer.ggml.merges", merges)
              .with("tokenizer.ggml.bos_token_id", 0);
      try (Tokenizer tokenizer = write(writer, 9)) {
        boolean llama = rule.equals("llama-bpe");
        // Llama 3 cuts numbers every three digits, Qwen every one.
        assertArrayEquals(
            llama ? new long[] {6, 4} : new long[] {1, 2, 3, 4}, tokenizer.encode("1234"));
        assertEquals(llama ? 0 : 1, tokenizer.encodeOpening("1")[0]);
      }
    }
  }
}

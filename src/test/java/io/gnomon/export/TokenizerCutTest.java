package io.gnomon.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.Messages;
import io.gnomon.TeacherFiles;
import io.gnomon.TinyRun;
import io.gnomon.config.InputException;
import io.gnomon.serve.Tagger;
import io.gnomon.teacher.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerCutTest {
  /**
   * Letters 1 to 4, merges 5 to 8 with a second way to 8, an added token behind them; bytes 10 and
   * 11 are those of "é".
   */
  private static final String JSON =
      """
      {"version": "1.0", "truncation": null, "padding": null,
       "added_tokens": [
         {"id": 0, "content": "<unk>", "single_word": false, "lstrip": false, "rstrip": false,
          "normalized": false, "special": true},
         {"id": 9, "content": "<end>", "single_word": false, "lstrip": false, "rstrip": false,
          "normalized": false, "special": true}],
       "normalizer": null, "pre_tokenizer": null, "post_processor": null, "decoder": null,
       "model": {"type": "BPE", "dropout": null, "unk_token": "<unk>",
                 "continuing_subword_prefix": null, "end_of_word_suffix": null,
                 "fuse_unk": false, "byte_fallback": true,
                 "vocab": {"<unk>": 0, "a": 1, "b": 2, "c": 3, "d": 4, "ab": 5, "cd": 6,
                           "abc": 7, "abcd": 8, "<0xC3>": 10, "<0xA9>": 11},
                 "merges": ["a b", "c d", "ab c", "ab cd", "abc d"]}}
      """;

  private static final int TOKENS = 13; // the table has a row that no token reads

  @TempDir Path folder;

  @Test
  void theFirstMergesStayWithLettersBytesAndAddedTokens() throws IOException {
    TokenizerCut cut = cut();
    assertEquals(8, cut.least());
    cut.keepFirst(10);
    KeptRows rows = cut.rows();
    assertArrayEquals(new long[] {0, 1, 2, 3, 4, 5, 6, 9, 10, 11}, rows.tokens(0, rows.size()));
    try (Tokenizer tokenizer = written(cut)) {
      assertArrayEquals(new long[] {5, 6, 9, 10, 11}, tokenizer.encode("abcd<end>é"));
    }
  }

  @Test
  void aTokenStaysWithWhatItIsMergedFrom() throws IOException {
    TokenizerCut cut = cut();
    cut.keep(List.of(8));
    // "abcd" is made of "ab" and "cd": "cd" is merged before "abc" can be.
    assertArrayEquals(
        new long[] {0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11}, cut.rows().tokens(0, cut.rows().size()));
    try (Tokenizer tokenizer = written(cut)) {
      assertArrayEquals(new long[] {8, 5, 3}, tokenizer.encode("abcdabc"));
    }
  }

  @Test
  void aCutTokenReadsTheRowOfItsFirstPiece() {
    TokenizerCut cut = cut();
    cut.keepFirst(9);
    KeptRows rows = cut.rows();
    assertEquals(9, rows.size());
    assertEquals(TOKENS, rows.tokens());
    assertFalse(rows.isAll());
    assertEquals(5, rows.reads(5));
    assertEquals(3, rows.reads(6), "cd falls apart into c and d");
    assertEquals(5, rows.reads(7));
    assertEquals(5, rows.reads(8));
    assertEquals(0, rows.reads(12), "no token has this id");
  }

  @Test
  void otherTokenizersAreRefused() throws IOException {
    Path file = TeacherFiles.write(folder).resolve("tokenizer.json");
    String json = Files.readString(file);
    assertEquals(
        "--vocabulary: expected a byte-pair tokenizer, found WordPiece in "
            + file
            + "; export the whole vocabulary",
        Messages.of(InputException.class, () -> new TokenizerCut(json, file, 10)));
  }

  @Test
  void textsWhoseTokensStayAreTaggedAsBefore() throws IOException {
    TinyRun run = TinyRun.write(folder, 14, false);
    Path texts = Files.writeString(folder.resolve("texts.txt"), "a good film\nso dull 😀\n");
    ExportOutcome outcome =
        Exports.onnx(
            run, ExportPrecision.FP32, new VocabularyChoice.Of(texts), folder.resolve("out"));
    List<String> asked = List.of("a good film", "so dull 😀");
    double[][] expected = run.answers(asked);
    try (Tagger tagger = Tagger.load(outcome.folder())) {
      double[][] found = tagger.probabilities(asked);
      assertArrayEquals(expected[0], found[0], 1e-5);
      assertArrayEquals(expected[1], found[1], 1e-5);
    }
    GateReport.Cut cut = outcome.report().cut().orElseThrow();
    assertEquals(5, cut.texts());
    assertTrue(cut.sameTokens() < 1, "\" bad\" is one token of the whole tokenizer");
    String card = Files.readString(outcome.folder().resolve("README.md"));
    assertTrue(card.contains("rows (the tokens of texts.txt). Nothing becomes unknown"), card);
    assertTrue(card.contains("What the cut vocabulary changed, on 5 texts: "), card);
  }

  /** Whoever feeds ids of the whole tokenizer meets the map in the graph. */
  @Test
  void theGraphMapsIdsToRows() throws IOException {
    TinyRun run = TinyRun.write(folder, 14, false);
    Path ids = Files.writeString(folder.resolve("few.ids"), "262 263");
    Path out =
        Exports.onnx(run, ExportPrecision.FP32, new VocabularyChoice.Of(ids), folder.resolve("out"))
            .folder();
    long[] all = LongStream.range(0, 28).map(i -> 279 - i).toArray();
    String json = Files.readString(folder.resolve("teacher/tokenizer.json"));
    TokenizerCut cut = new TokenizerCut(json, out, 280);
    cut.keep(List.of(262, 263));
    long[] read = Arrays.stream(all).map(id -> cut.rows().reads((int) id)).toArray();
    assertFalse(Arrays.equals(all, read));
    try (Answering exported = new OnnxAnswers(out, 1)) {
      assertArrayEquals(
          exported.answer(TokenRows.batch(List.of(read)))[0],
          exported.answer(TokenRows.batch(List.of(all)))[0]);
    }
    Exports.torchScript(run, new VocabularyChoice.Of(ids), folder.resolve("pt"));
  }

  @Test
  void whatIsNoVocabularyIsRefused() throws IOException {
    assertEquals(
        "--vocabulary: expected a number of tokens or a file, found 4k; give one, as 4000 or"
            + " texts.txt",
        Messages.of(InputException.class, () -> VocabularyChoice.parse("4k")));
    TinyRun run = TinyRun.write(folder, 14, false);
    Path out = folder.resolve("out");
    assertEquals(
        "--vocabulary: expected at least 259, the special tokens, letters and bytes that every text"
            + " may need, found 258; give more",
        Messages.of(
            InputException.class,
            () -> Exports.onnx(run, ExportPrecision.FP32, new VocabularyChoice.First(258), out)));
    Path ids = Files.writeString(folder.resolve("x.ids"), "3 9999");
    assertEquals(
        ids + ": expected ids of tokens from 0 to 279, found '9999'; mend the file",
        Messages.of(
            InputException.class,
            () -> Exports.onnx(run, ExportPrecision.FP32, new VocabularyChoice.Of(ids), out)));
  }

  private TokenizerCut cut() {
    return new TokenizerCut(JSON, Path.of("tokenizer.json"), TOKENS);
  }

  private Tokenizer written(TokenizerCut cut) throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), cut.json());
    return Tokenizer.open(folder);
  }
}

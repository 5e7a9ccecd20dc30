package io.gnomon.export;

import io.gnomon.checkpoint.FileProblem;
import io.gnomon.config.InputException;
import io.gnomon.teacher.EmbeddingSpace;
import io.gnomon.teacher.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.TreeSet;

/** Which tokens a student keeps. */
public sealed interface VocabularyChoice {
  /** Ending of a file that holds ids, no text. */
  String IDS = ".ids";

  /** All of them. */
  record Whole() implements VocabularyChoice {
    @Override
    public String describe() {
      return "whole";
    }
  }

  /**
   * Special tokens, single letters and bytes, and then the first merges.
   *
   * @param count tokens in all
   */
  record First(int count) implements VocabularyChoice {
    @Override
    public String describe() {
      return "the first " + count + " by merge rank";
    }
  }

  /**
   * Special tokens, single letters and bytes, and the tokens of a text; or, where the file's name
   * ends in {@value #IDS}, those whose ids stand in it.
   *
   * @param file UTF-8
   */
  record Of(Path file) implements VocabularyChoice {
    @Override
    public String describe() {
      return "the tokens of " + file.getFileName();
    }
  }

  /** In a few words. */
  String describe();

  /**
   * As {@code --vocabulary} gives it: a number, or a file.
   *
   * @throws InputException when it is neither
   */
  static VocabularyChoice parse(String given) {
    if (given.matches("[1-9][0-9]{0,8}")) {
      return new First(Integer.parseInt(given));
    }
    Path file = Path.of(given);
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          "--vocabulary: expected a number of tokens or a file, found "
              + given
              + "; give one, as 4000 or texts.txt");
    }
    return new Of(file);
  }

  /**
   * A student's tokenizer.json and the rows it reads.
   *
   * @param json the file's content
   * @param rows of the teacher's table
   */
  record Kept(String json, KeptRows rows) {}

  /**
   * What is kept of a teacher's tokens.
   *
   * @throws InputException when a file cannot be read, or the tokenizer cannot be cut so
   */
  default Kept of(EmbeddingSpace space) {
    Path file = space.folder().resolve("tokenizer.json");
    String json = read(file);
    int tokens = space.embeddings().size();
    if (this instanceof Whole) {
      return new Kept(json, KeptRows.all(tokens));
    }
    TokenizerCut cut = new TokenizerCut(json, file, tokens);
    if (this instanceof First first) {
      refuseTooFew(first.count(), cut.least());
      cut.keepFirst(first.count());
    } else if (this instanceof Of of) {
      String text = read(of.file());
      cut.keep(of.file().toString().endsWith(IDS) ? ids(text, of.file(), tokens) : of(text, space));
    }
    return new Kept(cut.json(), cut.rows());
  }

  private static void refuseTooFew(int count, int least) {
    if (count < least) {
      throw new InputException(
          ("--vocabulary: expected at least %d, the special tokens, letters and bytes that every"
                  + " text may need, found %d; give more")
              .formatted(least, count));
    }
  }

  private static Collection<Integer> of(String text, EmbeddingSpace space) {
    Tokenizer tokenizer = space.tokenizer();
    TreeSet<Integer> ids = new TreeSet<>();
    text.lines()
        .forEach(
            line -> {
              for (long id : tokenizer.encode(line)) {
                ids.add((int) id);
              }
            });
    return ids;
  }

  private static Collection<Integer> ids(String text, Path file, int tokens) {
    TreeSet<Integer> ids = new TreeSet<>();
    for (String word : text.strip().split("\\s+", -1)) {
      if (!word.matches("[0-9]{1,9}") || Integer.parseInt(word) >= tokens) {
        throw new InputException(
            "%s: expected ids of tokens from 0 to %d, found '%s'; mend the file"
                .formatted(file, tokens - 1, word));
      }
      ids.add(Integer.parseInt(word));
    }
    return ids;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    }
  }
}

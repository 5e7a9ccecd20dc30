package io.gnomon.teacher;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The teacher's own tokenizer, {@code tokenizer.json}, through DJL. Safe for several threads. */
public final class Tokenizer implements AutoCloseable {
  private final HuggingFaceTokenizer delegate;
  private final Path file;
  private @Nullable Vocabulary vocabulary;

  private Tokenizer(HuggingFaceTokenizer delegate, Path file) {
    this.delegate = delegate;
    this.file = file;
  }

  /**
   * Opens {@code tokenizer.json} of a Hugging Face folder.
   *
   * @throws InputException when it is missing or cannot be parsed
   */
  public static Tokenizer open(Path folder) {
    Path file = folder.resolve("tokenizer.json");
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          folder
              + ": expected tokenizer.json, found none; fetch it beside config.json (a folder with"
              + " tokenizer.model alone must be converted first)");
    }
    try {
      return new Tokenizer(
          HuggingFaceTokenizer.newInstance(file, Map.of("truncation", "false", "padding", "false")),
          file);
    } catch (IOException | RuntimeException e) {
      throw new InputException(
          file
              + ": expected a Hugging Face tokenizer, found "
              + e.getMessage()
              + "; fetch it again",
          e);
    }
  }

  /** Ids of {@code text} without special tokens. */
  public long[] encode(String text) {
    return delegate.encode(text, false, false).getIds();
  }

  /**
   * Ids of {@code text}, with the tokens that open a sequence (BOS) where the tokenizer adds any.
   */
  public long[] encodeOpening(String text) {
    Encoding with = delegate.encode(text, true, false);
    long[] special = with.getSpecialTokenMask();
    int end = special.length;
    while (end > 0 && special[end - 1] == 1) {
      end--;
    }
    // For an empty text every token is special: keep those that open, drop none.
    return end == 0 ? opening() : Arrays.copyOf(with.getIds(), end);
  }

  private long[] opening() {
    Encoding probe = delegate.encode("a", true, false);
    long[] special = probe.getSpecialTokenMask();
    int count = 0;
    while (count < special.length && special[count] == 1) {
      count++;
    }
    return Arrays.copyOf(probe.getIds(), count);
  }

  /** The text of {@code ids}, special tokens left out. */
  public String decode(long... ids) {
    return delegate.decode(ids, true);
  }

  /**
   * The entry of one id as the vocabulary writes it, such as {@code ▁good} or {@code Ġgood}; an id
   * without an entry in angle brackets.
   */
  public String token(long id) {
    String entry = vocabulary().entry(id);
    return entry == null ? "<" + id + ">" : entry;
  }

  /** The entries by id, read at first use. */
  public synchronized Vocabulary vocabulary() {
    if (vocabulary == null) {
      vocabulary = Vocabulary.read(file);
    }
    return vocabulary;
  }

  @Override
  public void close() {
    delegate.close();
  }
}

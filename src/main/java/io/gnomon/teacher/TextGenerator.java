package io.gnomon.teacher;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.gnomon.config.InputException;
import io.gnomon.nn.Continuations;
import io.gnomon.nn.KeyValueCache;
import io.gnomon.tensor.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Text written by a language model, token by token, a batch of texts at once: the prompt is run
 * once, and each step runs one position of every text behind the keys and values kept of those
 * before. A text ends before a special token (the end of a sequence, or the beginning of another)
 * or at the length asked for.
 */
public final class TextGenerator {
  private final LanguageModel model;
  private final Generation how;
  private final Set<Long> ends;

  /** A writer with {@code model}, which stays the caller's. */
  public TextGenerator(LanguageModel model, Generation how) {
    this(model, how, model.tokenizer().vocabulary().special());
  }

  /** A writer whose texts end before one of {@code ends}, which needs no tokenizer. */
  TextGenerator(LanguageModel model, Generation how, Set<Long> ends) {
    this.model = model;
    this.how = how;
    this.ends = ends;
  }

  /**
   * Writes {@code count} texts behind one prompt: a pure function of the arguments, on one machine.
   *
   * @param prompt ids before the texts, at least one
   * @return the ids of each text, without the prompt and without what ended it; may be empty
   * @throws InputException when the prompt is empty, or leaves too few positions
   */
  public List<long[]> write(long[] prompt, int count, long seed) {
    if (prompt.length == 0) {
      throw new InputException(
          "prompt: expected at least one token, found none; begin it with a word");
    }
    try (NDManager manager = model.manager().newSubManager();
        Continuations behind = continuations(prompt, count, manager)) {
      return new Texts(manager, behind, prompt[prompt.length - 1], count, seed).finish();
    }
  }

  /** All of the prompt but its last token, which the first step runs. */
  private Continuations continuations(long[] prompt, int count, NDManager manager) {
    long[] before = Arrays.copyOf(prompt, prompt.length - 1);
    try (NDArray x = model.embed(manager, before);
        KeyValueCache past = model.decoder().cache(x)) {
      return model.decoder().continuations(past, count, how.maxTokens());
    }
  }

  /** The texts of one batch on their way. */
  private final class Texts {
    private final NDManager manager;
    private final Continuations behind;
    private final TokenChoice choice = new TokenChoice(how, model.shape().vocabulary());
    private final Text[] all;

    /** Those that are run, in the order of the rows. */
    private Text[] running;

    Texts(NDManager manager, Continuations behind, long first, int count, long seed) {
      this.manager = manager;
      this.behind = behind;
      this.all =
          IntStream.range(0, count)
              .mapToObj(i -> new Text(first, how.maxTokens(), Seeds.random(seed, "text", i)))
              .toArray(Text[]::new);
      this.running = all;
    }

    List<long[]> finish() {
      for (int step = 0; step < how.maxTokens() && running.length > 0; step++) {
        append(logits());
        dropEnded();
      }
      return Arrays.stream(all).map(Text::ids).toList();
    }

    /** Next-token logits of the running rows, one row behind another. */
    private float[] logits() {
      try (NDScope scope = new NDScope();
          NDManager local = manager.newSubManager()) {
        scope.suppressNotUsedWarning();
        long[][] last =
            Arrays.stream(running).map(text -> new long[] {text.last}).toArray(long[][]::new);
        NDArray state = behind.step(model.embeddings().lookup(local, last)); // (B, D)
        return model.decoder().readOut(state, model.outputMatrix()).toFloatArray();
      }
    }

    private void append(float[] logits) {
      for (int row = 0; row < running.length; row++) {
        Text text = running[row];
        if (!text.ended) {
          text.append(choice.draw(logits, row, text.random), ends);
        }
      }
    }

    /** Rows that have ended are run along until they are half of all: leaving them out copies. */
    private void dropEnded() {
      int[] rows = IntStream.range(0, running.length).filter(row -> !running[row].ended).toArray();
      if (2 * rows.length <= running.length) {
        running = Arrays.stream(rows).mapToObj(row -> running[row]).toArray(Text[]::new);
        if (rows.length > 0) {
          behind.keep(rows);
        }
      }
    }
  }

  /** One text as far as it is written. */
  private static final class Text {
    private final long[] written;
    private final SplittableRandom random;
    private long last;
    private int length;
    private boolean ended;

    Text(long first, int most, SplittableRandom random) {
      this.written = new long[most];
      this.random = random;
      this.last = first;
    }

    void append(long token, Set<Long> ends) {
      last = token;
      ended = ends.contains(token);
      if (!ended) {
        written[length++] = token;
      }
    }

    long[] ids() {
      return Arrays.copyOf(written, length);
    }
  }
}

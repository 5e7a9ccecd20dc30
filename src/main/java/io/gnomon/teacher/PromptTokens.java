package io.gnomon.teacher;

import io.gnomon.config.TaskConfig;
import io.gnomon.config.TaskConfig.PromptConfig;
import java.util.Comparator;
import java.util.stream.LongStream;

/**
 * The fixed prompt as tokens; the input stands between the two, and each of the three is tokenized
 * by itself.
 *
 * @param prefix ids before the input, with those that open a sequence
 * @param suffix ids behind it
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of ids, never compared
public record PromptTokens(long[] prefix, long[] suffix) {
  /** The prompt under {@code tokenizer}. */
  public static PromptTokens of(PromptConfig prompt, Tokenizer tokenizer) {
    return new PromptTokens(
        tokenizer.encodeOpening(prompt.prefix()), tokenizer.encode(prompt.suffix()));
  }

  /**
   * The longest prompt that {@code task} has: its own, or that of the label whose suffix is
   * longest.
   */
  public static PromptTokens longest(TaskConfig task, Tokenizer tokenizer) {
    return task.questions().stream()
        .map(asked -> of(asked.prompt(), tokenizer))
        .max(Comparator.comparingInt(PromptTokens::length))
        .orElseThrow();
  }

  /** Positions that the prompt takes. */
  public int length() {
    return prefix.length + suffix.length;
  }

  /** prefix ⧺ {@code input} ⧺ suffix. */
  public long[] around(long[] input) {
    LongStream front = LongStream.concat(LongStream.of(prefix), LongStream.of(input));
    return LongStream.concat(front, LongStream.of(suffix)).toArray();
  }
}

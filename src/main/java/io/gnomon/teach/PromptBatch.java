package io.gnomon.teach;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.gnomon.config.TeachConfig.LossConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Texts and what stands behind them, ready for one step. The prefix, one for all, is apart: it is
 * run once a step. Each row is text ⧺ suffix but for its last token, padding, and that last token
 * in the last column, where all rows answer.
 *
 * @param prefix (P) ids
 * @param input (B, S) ids, the text's with noise
 * @param lengths (B) tokens before the padding
 * @param words (B, W) ids of the right class's words, filled up with the first
 * @param kept (B, W) 0 where a word counts, −∞ where it fills up
 * @param scored positions in the flattened (B · S) whose next token is scored
 * @param next the tokens that stand there
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of a batch, never compared
record PromptBatch(
    long[] prefix,
    long[][] input,
    int[] lengths,
    long[][] words,
    float[][] kept,
    long[] scored,
    long[] next) {

  static PromptBatch of(
      Lesson lesson,
      List<Example> examples,
      int vocabulary,
      LossConfig loss,
      SplittableRandom random) {
    List<long[]> rows = new ArrayList<>();
    List<long[]> clean = new ArrayList<>();
    for (Example example : examples) {
      long[] text = cut(example.text(), lesson, random);
      clean.add(text);
      rows.add(join(noisy(text, vocabulary, loss.tokenNoise(), random), example.suffix()));
    }
    int width = rows.stream().mapToInt(ids -> ids.length).max().orElse(0);
    long[][] input = rows.stream().map(ids -> closed(ids, width)).toArray(long[][]::new);
    int[] lengths = rows.stream().mapToInt(ids -> ids.length - 1).toArray();
    long[][] scored = scored(clean, width, loss, random);
    int[] answers = examples.stream().mapToInt(Example::answer).toArray();
    return new PromptBatch(
        lesson.prefix(),
        input,
        lengths,
        words(lesson, answers),
        kept(lesson, answers),
        scored[0],
        scored[1]);
  }

  private static long[] cut(long[] text, Lesson lesson, SplittableRandom random) {
    int longest = lesson.config().maxLength();
    if (text.length <= longest) {
      return text;
    }
    boolean anywhere = random.nextDouble() < lesson.config().crop();
    int first = anywhere ? random.nextInt(text.length - longest + 1) : 0;
    return Arrays.copyOfRange(text, first, first + longest);
  }

  private static long[] noisy(
      long[] text, int vocabulary, double largest, SplittableRandom random) {
    double share = largest * random.nextDouble();
    long[] noisy = text.clone();
    for (int i = 0; i < noisy.length; i++) {
      if (random.nextDouble() < share) {
        noisy[i] = random.nextInt(vocabulary);
      }
    }
    return noisy;
  }

  private static long[] join(long[] text, long[] suffix) {
    long[] ids = Arrays.copyOf(text, text.length + suffix.length);
    System.arraycopy(suffix, 0, ids, text.length, suffix.length);
    return ids;
  }

  /** {@code ids} with padding before its last one, which so stands in the last column. */
  private static long[] closed(long[] ids, int width) {
    long[] row = Arrays.copyOf(ids, width);
    row[ids.length - 1] = 0;
    row[width - 1] = ids[ids.length - 1];
    return row;
  }

  /** Random places inside the texts, and what stands behind them in the clean ones. */
  private static long[][] scored(
      List<long[]> clean, int width, LossConfig loss, SplittableRandom random) {
    // A lone token has no place: nothing of the text follows it.
    int[] able =
        IntStream.range(0, clean.size()).filter(row -> clean.get(row).length > 1).toArray();
    int count = loss.languageModel() == 0 || able.length == 0 ? 0 : loss.positions();
    long[] at = new long[count];
    long[] next = new long[count];
    for (int i = 0; i < count; i++) {
      int row = able[random.nextInt(able.length)];
      long[] text = clean.get(row);
      int position = random.nextInt(text.length - 1);
      at[i] = (long) row * width + position;
      next[i] = text[position + 1];
    }
    return new long[][] {at, next};
  }

  private static long[][] words(Lesson lesson, int[] answers) {
    long[][] words = new long[answers.length][widest(lesson, answers)];
    for (int i = 0; i < answers.length; i++) {
      long[] own = lesson.words(answers[i]);
      Arrays.fill(words[i], own[0]);
      System.arraycopy(own, 0, words[i], 0, own.length);
    }
    return words;
  }

  private static float[][] kept(Lesson lesson, int[] answers) {
    float[][] kept = new float[answers.length][widest(lesson, answers)];
    for (int i = 0; i < answers.length; i++) {
      int own = lesson.words(answers[i]).length;
      Arrays.fill(kept[i], own, kept[i].length, Float.NEGATIVE_INFINITY);
    }
    return kept;
  }

  private static int widest(Lesson lesson, int[] answers) {
    return Arrays.stream(answers).map(answer -> lesson.words(answer).length).max().orElse(1);
  }

  /** {@code values} as an array of shape (rows, columns). */
  static NDArray matrix(NDManager manager, long[]... values) {
    long[] flat = Arrays.stream(values).flatMapToLong(Arrays::stream).toArray();
    return manager.create(flat, new Shape(values.length, flat.length / values.length));
  }
}

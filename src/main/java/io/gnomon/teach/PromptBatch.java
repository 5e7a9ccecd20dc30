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
 * Texts between prefix and suffix, ready for one step. Padding stands behind the suffix, where a
 * causal model cannot see it.
 *
 * @param input (B, S) ids with noise
 * @param last (B) position of each row's last token
 * @param words (B, W) ids of the right class's words, filled up with the first
 * @param kept (B, W) 0 where a word counts, −∞ where it fills up
 * @param scored positions in the flattened (B · S) whose next token is scored
 * @param next the tokens that stand there
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of a batch, never compared
record PromptBatch(
    long[][] input, long[] last, long[][] words, float[][] kept, long[] scored, long[] next) {

  static PromptBatch of(
      Lesson lesson, int[] rows, int vocabulary, LossConfig loss, SplittableRandom random) {
    List<long[]> inputs = new ArrayList<>();
    List<long[]> clean = new ArrayList<>();
    for (int row : rows) {
      long[] text = cut(lesson.texts().get(row), lesson, random);
      clean.add(join(lesson, text));
      inputs.add(join(lesson, noisy(text, vocabulary, loss.tokenNoise(), random)));
    }
    int width = inputs.stream().mapToInt(ids -> ids.length).max().orElse(0);
    long[][] padded = inputs.stream().map(r -> Arrays.copyOf(r, width)).toArray(long[][]::new);
    long[] last = inputs.stream().mapToLong(ids -> ids.length - 1).toArray();
    long[][] scored = scored(lesson, clean, width, loss, random);
    return new PromptBatch(
        padded, last, words(lesson, rows), kept(lesson, rows), scored[0], scored[1]);
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

  private static long[] join(Lesson lesson, long[] text) {
    long[] prefix = lesson.prefix();
    long[] suffix = lesson.suffix();
    long[] ids = Arrays.copyOf(prefix, prefix.length + text.length + suffix.length);
    System.arraycopy(text, 0, ids, prefix.length, text.length);
    System.arraycopy(suffix, 0, ids, prefix.length + text.length, suffix.length);
    return ids;
  }

  /** Random places inside the texts, and what stands behind them in the clean rows. */
  private static long[][] scored(
      Lesson lesson, List<long[]> clean, int width, LossConfig loss, SplittableRandom random) {
    int from = Math.max(0, lesson.prefix().length - 1);
    int behind = lesson.suffix().length + 1;
    // A row has a place where a token of its text follows another; a lone token has none.
    int[] able =
        IntStream.range(0, clean.size())
            .filter(row -> clean.get(row).length - behind > from)
            .toArray();
    int count = loss.languageModel() == 0 || able.length == 0 ? 0 : loss.positions();
    long[] at = new long[count];
    long[] next = new long[count];
    for (int i = 0; i < count; i++) {
      int row = able[random.nextInt(able.length)];
      long[] ids = clean.get(row);
      int position = from + random.nextInt(ids.length - behind - from);
      at[i] = (long) row * width + position;
      next[i] = ids[position + 1];
    }
    return new long[][] {at, next};
  }

  private static long[][] words(Lesson lesson, int[] rows) {
    int widest = widest(lesson, rows);
    long[][] words = new long[rows.length][widest];
    for (int i = 0; i < rows.length; i++) {
      long[] own = lesson.words(lesson.label(rows[i]));
      Arrays.fill(words[i], own[0]);
      System.arraycopy(own, 0, words[i], 0, own.length);
    }
    return words;
  }

  private static float[][] kept(Lesson lesson, int[] rows) {
    float[][] kept = new float[rows.length][widest(lesson, rows)];
    for (int i = 0; i < rows.length; i++) {
      int own = lesson.words(lesson.label(rows[i])).length;
      Arrays.fill(kept[i], own, kept[i].length, Float.NEGATIVE_INFINITY);
    }
    return kept;
  }

  private static int widest(Lesson lesson, int[] rows) {
    return Arrays.stream(rows).map(row -> lesson.words(lesson.label(row)).length).max().orElse(1);
  }

  /** {@code values} as an array of shape (rows, columns). */
  static NDArray matrix(NDManager manager, long[][] values) {
    long[] flat = Arrays.stream(values).flatMapToLong(Arrays::stream).toArray();
    return manager.create(flat, new Shape(values.length, flat.length / values.length));
  }
}

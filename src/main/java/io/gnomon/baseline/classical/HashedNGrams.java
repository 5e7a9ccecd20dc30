package io.gnomon.baseline.classical;

import java.util.Arrays;
import java.util.List;

/**
 * The hashing trick (Weinberger et al. 2009): a term's name says its column and its sign, so that
 * terms which meet in a column cancel as often as they add. Values are 1 + ln(occurrences), rows of
 * length one.
 */
record HashedNGrams(Analyzer analyzer) implements FeatureMap {
  private static final int BITS = 20;

  @Override
  public PreparedFeatures prepare(List<String> texts) {
    return PreparedFeatures.timed(() -> rows(texts));
  }

  private Rows rows(List<String> texts) {
    int[][] columns = new int[texts.size()][];
    float[][] values = new float[texts.size()][];
    for (int i = 0; i < columns.length; i++) {
      long[] entries = entries(texts.get(i));
      columns[i] = Arrays.stream(entries).mapToInt(HashedNGrams::column).distinct().toArray();
      values[i] = sums(entries, columns[i]);
      Rows.normalize(values[i]);
    }
    return new Rows(1 << BITS, columns, values);
  }

  /** One entry a distinct term: column in the upper half, value in the lower, sorted. */
  private long[] entries(String text) {
    TermList entries = new TermList();
    Terms.of(analyzer, text).forEach((term, count) -> entries.add(entry(term, count)));
    long[] sorted = entries.toArray();
    Arrays.sort(sorted);
    return sorted;
  }

  private static long entry(long term, int count) {
    float value = (float) (1 + Math.log(count));
    float signed = (term & 1) == 0 ? value : -value;
    return (term >>> (Long.SIZE - BITS) << Integer.SIZE)
        | Integer.toUnsignedLong(Float.floatToIntBits(signed));
  }

  private static int column(long entry) {
    return (int) (entry >>> Integer.SIZE);
  }

  private static float[] sums(long[] entries, int[] columns) {
    float[] sums = new float[columns.length];
    int at = 0;
    for (long entry : entries) {
      at += column(entry) == columns[at] ? 0 : 1;
      sums[at] += Float.intBitsToFloat((int) entry);
    }
    return sums;
  }

  @Override
  public long numbers() {
    return 0;
  }
}

package io.gnomon.baseline.classical;

import java.util.Arrays;
import java.util.List;

/**
 * Sublinear term frequency times smooth inverse document frequency, rows of length one, as
 * scikit-learn's {@code TfidfVectorizer(sublinear_tf=True)} has it:
 *
 * <pre>
 * tf(t, d) = 1 + ln(occurrences of t in d)
 * idf(t)   = 1 + ln((1 + N) / (1 + texts with t))
 * </pre>
 */
final class TfIdf implements FeatureMap {
  private final Analyzer analyzer;
  private final Vocabulary vocabulary;
  private final float[] idf;

  private TfIdf(Analyzer analyzer, Vocabulary vocabulary, float[] idf) {
    this.analyzer = analyzer;
    this.vocabulary = vocabulary;
    this.idf = idf;
  }

  /**
   * Learns terms and their frequencies.
   *
   * @param texts N texts
   * @param rarest smallest number of texts that a term must be in
   * @param limit largest number of terms
   */
  static TfIdf fit(Analyzer analyzer, List<String> texts, int rarest, int limit) {
    TermCounts frequencies = new TermCounts();
    for (String text : texts) {
      Terms.of(analyzer, text).forEach((term, count) -> frequencies.add(term, 1));
    }
    Vocabulary vocabulary = Vocabulary.of(frequencies, rarest, limit);
    float[] idf = new float[vocabulary.size()];
    frequencies.forEach(
        (term, count) -> {
          int column = vocabulary.column(term);
          if (column >= 0) {
            idf[column] = (float) (1 + Math.log((1.0 + texts.size()) / (1.0 + count)));
          }
        });
    return new TfIdf(analyzer, vocabulary, idf);
  }

  @Override
  public PreparedFeatures prepare(List<String> texts) {
    return PreparedFeatures.timed(() -> rows(texts));
  }

  private Rows rows(List<String> texts) {
    int[][] columns = new int[texts.size()][];
    float[][] values = new float[texts.size()][];
    for (int i = 0; i < columns.length; i++) {
      Entries entries = new Entries();
      Terms.of(analyzer, texts.get(i)).forEach((term, count) -> add(term, count, entries));
      columns[i] = Arrays.copyOf(entries.columns, entries.size);
      values[i] = Arrays.copyOf(entries.values, entries.size);
      Rows.normalize(values[i]);
    }
    return new Rows(vocabulary.size(), columns, values);
  }

  private void add(long term, int count, Entries entries) {
    int column = vocabulary.column(term);
    if (column >= 0) {
      entries.add(column, (float) ((1 + Math.log(count)) * idf[column]));
    }
  }

  /** A row under construction. Terms come in the order of their names, and so do their columns. */
  private static final class Entries {
    private int[] columns = new int[64];
    private float[] values = new float[64];
    private int size;

    void add(int column, float value) {
      if (size == columns.length) {
        columns = Arrays.copyOf(columns, 2 * size);
        values = Arrays.copyOf(values, 2 * size);
      }
      columns[size] = column;
      values[size++] = value;
    }
  }

  /** The column of {@code term}, -1 where it has none. */
  int column(long term) {
    return vocabulary.column(term);
  }

  @Override
  public long numbers() {
    return idf.length;
  }
}

package io.gnomon.student;

/** Mean and spread of the rows of an embedding table. */
final class WordMoments {
  private final float[] mean;
  private final double spread;

  private WordMoments(float[] mean, double spread) {
    this.mean = mean;
    this.spread = spread;
  }

  /** Of the rows of {@code table}, each of {@code width} numbers. */
  static WordMoments of(float[] table, int width) {
    double[] sums = new double[width];
    double squares = 0;
    for (int i = 0; i < table.length; i++) {
      sums[i % width] += table[i];
      squares += (double) table[i] * table[i];
    }
    int rows = table.length / width;
    float[] mean = new float[width];
    double ofMean = 0;
    for (int i = 0; i < width; i++) {
      mean[i] = (float) (sums[i] / rows);
      ofMean += sums[i] / rows * sums[i] / rows;
    }
    return new WordMoments(mean, Math.sqrt(Math.max(0, squares / table.length - ofMean / width)));
  }

  /** The mean row, a fresh array. */
  float[] mean() {
    return mean.clone();
  }

  /** Root mean square, over rows and coordinates, of what differs from the mean row. */
  double spread() {
    return spread;
  }
}

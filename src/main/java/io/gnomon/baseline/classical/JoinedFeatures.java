package io.gnomon.baseline.classical;

import java.util.Arrays;
import java.util.List;

/** Two vectors end to end. */
record JoinedFeatures(FeatureMap first, FeatureMap second) implements FeatureMap {
  @Override
  public PreparedFeatures prepare(List<String> texts) {
    PreparedFeatures left = first.prepare(texts);
    PreparedFeatures right = second.prepare(texts);
    return new PreparedFeatures(join(left.rows(), right.rows()), left.seconds() + right.seconds());
  }

  private static Rows join(Rows left, Rows right) {
    int[][] columns = new int[left.size()][];
    float[][] values = new float[left.size()][];
    for (int i = 0; i < columns.length; i++) {
      int start = left.columns()[i].length;
      int more = right.columns()[i].length;
      columns[i] = Arrays.copyOf(left.columns()[i], start + more);
      values[i] = Arrays.copyOf(left.values()[i], start + more);
      System.arraycopy(right.values()[i], 0, values[i], start, more);
      for (int j = 0; j < more; j++) {
        columns[i][start + j] = left.width() + right.columns()[i][j];
      }
    }
    return new Rows(left.width() + right.width(), columns, values);
  }

  @Override
  public long numbers() {
    return first.numbers() + second.numbers();
  }

  @Override
  public void close() {
    first.close();
    second.close();
  }
}

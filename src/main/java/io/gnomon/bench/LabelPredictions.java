package io.gnomon.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Answers of any number of labels a text: 2·K bits each, which it has and which it is given. 5,427
 * texts of 28 labels take 51 kB.
 *
 * @param classes K names
 * @param gold (N, K)
 * @param given (N, K)
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record LabelPredictions(List<String> classes, boolean[][] gold, boolean[][] given)
    implements CellPredictions {
  static final String TITLE = "gnomon labels 1";

  @Override
  public boolean[] right() {
    boolean[] right = new boolean[gold.length];
    for (int i = 0; i < right.length; i++) {
      right[i] = Arrays.equals(gold[i], given[i]);
    }
    return right;
  }

  @Override
  public boolean sameGold(CellPredictions other) {
    return other instanceof LabelPredictions labels && Arrays.deepEquals(gold, labels.gold);
  }

  @Override
  public void write(Path file) {
    BitRow row = new BitRow(2L * classes.size() * gold.length);
    for (int i = 0; i < gold.length; i++) {
      put(row, gold[i]);
      put(row, given[i]);
    }
    new Packed(file, TITLE, classes, gold.length, row.bytes()).write();
  }

  private static void put(BitRow row, boolean[] labels) {
    for (boolean label : labels) {
      row.put(label ? 1 : 0, 1);
    }
  }

  static LabelPredictions unpack(Packed packed) {
    int labels = packed.classes().size();
    BitRow row = packed.bits(2L * labels);
    boolean[][] gold = new boolean[packed.texts()][labels];
    boolean[][] given = new boolean[packed.texts()][labels];
    for (int i = 0; i < gold.length; i++) {
      next(row, gold[i]);
      next(row, given[i]);
    }
    return new LabelPredictions(packed.classes(), gold, given);
  }

  private static void next(BitRow row, boolean[] labels) {
    for (int k = 0; k < labels.length; k++) {
      labels[k] = row.next(1) == 1;
    }
  }
}

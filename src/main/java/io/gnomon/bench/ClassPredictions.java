package io.gnomon.bench;

import io.gnomon.evaluation.Predictions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * {@code predictions.txt}: for each test text its gold class, the class predicted, and how sure of
 * it, in 64 steps. A line each says what the file is, the classes and the number of texts; the rest
 * is base64 of {@code ⌈log₂ K⌉ + ⌈log₂ K⌉ + 6} bits a text. 25,000 texts of two classes take 34 kB,
 * and the same answers give the same bytes.
 */
public final class ClassPredictions implements CellPredictions {
  static final String TITLE = "gnomon predictions 1";
  private static final int CONFIDENCE_BITS = 6;
  private static final int STEPS = (1 << CONFIDENCE_BITS) - 1;

  private final List<String> classes;
  private final int[] gold;
  private final int[] predicted;
  private final int[] confidence;

  private ClassPredictions(List<String> classes, int[] gold, int[] predicted, int[] confidence) {
    this.classes = List.copyOf(classes);
    this.gold = gold;
    this.predicted = predicted;
    this.confidence = confidence;
  }

  /**
   * What a classifier answered.
   *
   * @param classes K names
   * @param gold (N) classes
   * @param h (N, K) probabilities; the first of equal ones wins
   */
  public static ClassPredictions of(List<String> classes, int[] gold, double[][] h) {
    int[] predicted = Predictions.likeliest(h);
    int[] confidence = new int[h.length];
    double least = 1.0 / classes.size();
    for (int i = 0; i < h.length; i++) {
      double above = (h[i][predicted[i]] - least) / (1 - least);
      confidence[i] = (int) Math.round(STEPS * Math.min(1, Math.max(0, above)));
    }
    return new ClassPredictions(classes, gold.clone(), predicted, confidence);
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  /** (N) gold classes. */
  public int[] gold() {
    return gold.clone();
  }

  /** (N) classes predicted. */
  public int[] predicted() {
    return predicted.clone();
  }

  @Override
  public boolean[] right() {
    boolean[] right = new boolean[gold.length];
    for (int i = 0; i < right.length; i++) {
      right[i] = gold[i] == predicted[i];
    }
    return right;
  }

  /**
   * The probability of the class predicted for text {@code i}, to 1/63 of its range. No table here
   * reads it: it is for those who look at a cell's mistakes, its calibration say, long after the
   * model is gone.
   */
  public double confidence(int i) {
    double least = 1.0 / classes.size();
    return least + (1 - least) * confidence[i] / STEPS;
  }

  @Override
  public boolean sameGold(CellPredictions other) {
    return other instanceof ClassPredictions same && Arrays.equals(gold, same.gold);
  }

  @Override
  public void write(Path file) {
    new Packed(file, TITLE, classes, gold.length, pack()).write();
  }

  private byte[] pack() {
    int width = BitRow.width(classes.size());
    BitRow row = new BitRow((2L * width + CONFIDENCE_BITS) * gold.length);
    for (int i = 0; i < gold.length; i++) {
      row.put(gold[i], width);
      row.put(predicted[i], width);
      row.put(confidence[i], CONFIDENCE_BITS);
    }
    return row.bytes();
  }

  /**
   * Reads the file.
   *
   * @throws io.gnomon.config.InputException when it is missing or not as {@link #write} left it
   */
  public static ClassPredictions read(Path file) {
    Packed packed = Packed.read(file);
    if (!packed.title().equals(TITLE)) {
      throw packed.damaged();
    }
    return unpack(packed);
  }

  static ClassPredictions unpack(Packed packed) {
    int width = BitRow.width(packed.classes().size());
    BitRow row = packed.bits(2L * width + CONFIDENCE_BITS);
    int texts = packed.texts();
    List<int[]> columns = List.of(new int[texts], new int[texts], new int[texts]);
    for (int i = 0; i < texts; i++) {
      columns.get(0)[i] = row.next(width);
      columns.get(1)[i] = row.next(width);
      columns.get(2)[i] = row.next(CONFIDENCE_BITS);
    }
    return new ClassPredictions(packed.classes(), columns.get(0), columns.get(1), columns.get(2));
  }
}

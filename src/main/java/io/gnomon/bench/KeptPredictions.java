package io.gnomon.bench;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.FileProblem;
import io.gnomon.config.InputException;
import io.gnomon.evaluation.Predictions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * {@code predictions.txt}: for each test text its gold class, the class predicted, and how sure of
 * it, in 64 steps. A line each says what the file is, the classes and the number of texts; the rest
 * is base64 of {@code ⌈log₂ K⌉ + ⌈log₂ K⌉ + 6} bits a text. 25,000 texts of two classes take 34 kB,
 * and the same answers give the same bytes.
 */
public final class KeptPredictions {
  private static final String TITLE = "gnomon predictions 1";
  private static final int CONFIDENCE_BITS = 6;
  private static final int STEPS = (1 << CONFIDENCE_BITS) - 1;
  private static final int LINE = 120;

  private final List<String> classes;
  private final int[] gold;
  private final int[] predicted;
  private final int[] confidence;

  private KeptPredictions(List<String> classes, int[] gold, int[] predicted, int[] confidence) {
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
  public static KeptPredictions of(List<String> classes, int[] gold, double[][] h) {
    int[] predicted = Predictions.likeliest(h);
    int[] confidence = new int[h.length];
    double least = 1.0 / classes.size();
    for (int i = 0; i < h.length; i++) {
      double above = (h[i][predicted[i]] - least) / (1 - least);
      confidence[i] = (int) Math.round(STEPS * Math.min(1, Math.max(0, above)));
    }
    return new KeptPredictions(classes, gold.clone(), predicted, confidence);
  }

  /** K names. */
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

  /** (N) whether the class predicted is the gold one. */
  public boolean[] right() {
    boolean[] right = new boolean[gold.length];
    for (int i = 0; i < right.length; i++) {
      right[i] = gold[i] == predicted[i];
    }
    return right;
  }

  /** The probability of the class predicted for text {@code i}, to 1/63 of its range. */
  public double confidence(int i) {
    double least = 1.0 / classes.size();
    return least + (1 - least) * confidence[i] / STEPS;
  }

  /** Writes the file. */
  public void write(Path file) {
    StringBuilder text = new StringBuilder(TITLE).append('\n');
    text.append("classes ").append(String.join("\t", classes)).append('\n');
    text.append("texts ").append(gold.length).append('\n');
    String packed = Base64.getEncoder().encodeToString(pack());
    for (int at = 0; at < packed.length(); at += LINE) {
      text.append(packed, at, Math.min(packed.length(), at + LINE)).append('\n');
    }
    AtomicFiles.writeString(file, text.toString());
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
   * @throws InputException when it is missing or not as {@link #write} left it
   */
  public static KeptPredictions read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.size() < 4
          || !lines.get(0).equals(TITLE)
          || !lines.get(1).startsWith("classes ")
          || !lines.get(2).matches("texts [0-9]{1,9}")) {
        throw damaged(file, null);
      }
      List<String> classes = List.of(lines.get(1).substring("classes ".length()).split("\t", -1));
      int texts = Integer.parseInt(lines.get(2).substring("texts ".length()));
      byte[] packed = Base64.getDecoder().decode(String.join("", lines.subList(3, lines.size())));
      return unpack(file, classes, texts, packed);
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    } catch (IllegalArgumentException e) {
      throw damaged(file, e);
    }
  }

  private static KeptPredictions unpack(Path file, List<String> classes, int texts, byte[] packed) {
    int width = BitRow.width(classes.size());
    if (packed.length != ((2L * width + CONFIDENCE_BITS) * texts + 7) / 8) {
      throw damaged(file, null);
    }
    BitRow row = new BitRow(packed);
    List<int[]> columns = new ArrayList<>(List.of(new int[texts], new int[texts], new int[texts]));
    for (int i = 0; i < texts; i++) {
      columns.get(0)[i] = row.next(width);
      columns.get(1)[i] = row.next(width);
      columns.get(2)[i] = row.next(CONFIDENCE_BITS);
    }
    return new KeptPredictions(classes, columns.get(0), columns.get(1), columns.get(2));
  }

  private static InputException damaged(Path file, @org.jspecify.annotations.Nullable Throwable e) {
    String line =
        file
            + ": expected predictions as gnomon bench writes them, found something else; delete"
            + " the cell's folder to run it again";
    return e == null ? new InputException(line) : new InputException(line, e);
  }
}

package io.gnomon.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.gnomon.checkpoint.Sha256;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.student.Student;
import io.gnomon.teacher.EmbeddingTable;
import io.gnomon.teacher.Teacher;
import io.gnomon.teacher.TokenBatch;
import io.gnomon.teacher.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A labelled set in the teacher's tokens, cut to a largest length and batched by length, so that
 * little of a batch is padding. Answers come back in the set's own order.
 */
public final class TokenizedSet {
  /** Tokens of a batch, padding included: bounds memory whatever the texts' lengths. */
  private static final int BATCH_TOKENS = 8192;

  private static final int BATCH_ROWS = 128;

  private final List<long[]> texts;
  private final int[] gold; // empty where a text may have several labels
  private final boolean[][] labels;
  private final List<int[]> batches;

  private TokenizedSet(List<long[]> texts, int[] gold, boolean[][] labels) {
    this.texts = texts;
    this.gold = gold;
    this.labels = labels;
    this.batches = batches(texts);
  }

  /**
   * Tokenizes {@code set} for a task, of whose classes a text has one, or several.
   *
   * @param maxLength tokens kept of each text, from its front
   * @throws InputException when the set is empty, a label is undeclared or a text has no token
   */
  public static TokenizedSet of(
      LabelledSet set, Tokenizer tokenizer, TaskConfig task, int maxLength) {
    List<String> classes = List.copyOf(task.classes().keySet());
    if (!task.multiLabel()) {
      return of(set, tokenizer, classes, maxLength);
    }
    boolean[][] labels = set.classIndicators(classes);
    return new TokenizedSet(tokenized(set, tokenizer, maxLength), new int[0], labels);
  }

  /**
   * Tokenizes {@code set}.
   *
   * @param classes the task's classes; a label outside them is refused
   * @param maxLength tokens kept of each text, from its front
   * @throws InputException when the set is empty, a label is undeclared or a text has no token
   */
  public static TokenizedSet of(
      LabelledSet set, Tokenizer tokenizer, List<String> classes, int maxLength) {
    int[] gold = set.classIndices(classes);
    boolean[][] labels = set.classIndicators(classes);
    return new TokenizedSet(tokenized(set, tokenizer, maxLength), gold, labels);
  }

  private static List<long[]> tokenized(LabelledSet set, Tokenizer tokenizer, int maxLength) {
    List<long[]> texts = new ArrayList<>(set.size());
    for (int i = 0; i < set.size(); i++) {
      long[] ids = tokenizer.encode(set.rows().get(i).text());
      if (ids.length == 0) {
        throw new InputException(
            set.where(i) + ": expected a text, found none that makes a token; remove the row");
      }
      texts.add(ids.length > maxLength ? Arrays.copyOf(ids, maxLength) : ids);
    }
    return texts;
  }

  private static List<int[]> batches(List<long[]> texts) {
    int[] order =
        IntStream.range(0, texts.size())
            .boxed()
            .sorted(Comparator.comparingInt((Integer i) -> texts.get(i).length))
            .mapToInt(Integer::intValue)
            .toArray();
    List<int[]> batches = new ArrayList<>();
    int first = 0;
    while (first < order.length) {
      int end = first + 1;
      while (end < order.length
          && end - first < BATCH_ROWS
          && (end - first + 1) * texts.get(order[end]).length <= BATCH_TOKENS) {
        end++;
      }
      batches.add(Arrays.copyOfRange(order, first, end));
      first = end;
    }
    return batches;
  }

  /** Number of texts. */
  public int size() {
    return texts.size();
  }

  /**
   * (N) gold classes.
   *
   * @throws IllegalStateException where a text may have several labels
   */
  public int[] gold() {
    if (gold.length != texts.size()) {
      throw new IllegalStateException("texts may have several labels: ask for labels()");
    }
    return gold;
  }

  /** (N, K) which classes each text has. */
  public boolean[][] labels() {
    return labels;
  }

  /** SHA-256 over the token ids in the set's order: names what a teacher was asked about. */
  public String sha256() {
    StringBuilder lines = new StringBuilder();
    texts.forEach(ids -> lines.append(Arrays.toString(ids)).append('\n'));
    return Sha256.ofText(lines.toString());
  }

  /** g on the texts, N × K. */
  public double[][] answers(Teacher teacher) {
    return answers(batch -> widen(teacher.probabilities(batch)));
  }

  /**
   * h on the texts, N × K.
   *
   * @param table the teacher's embeddings, through which the student reads
   * @param manager owner of what is in flight
   */
  public double[][] answers(Student student, EmbeddingTable table, NDManager manager) {
    return answers(
        batch -> {
          try (NDScope scope = new NDScope();
              NDManager local = manager.newSubManager()) {
            scope.suppressNotUsedWarning();
            NDArray x = table.lookup(local, batch.ids());
            return student.probabilities(x, batch.padded() ? batch.mask(local) : null);
          }
        });
  }

  private double[][] answers(Function<TokenBatch, double[][]> function) {
    double[][] all = new double[texts.size()][];
    for (int[] rows : batches) {
      TokenBatch batch = TokenBatch.of(Arrays.stream(rows).mapToObj(texts::get).toList());
      double[][] answers = function.apply(batch);
      for (int i = 0; i < rows.length; i++) {
        all[rows[i]] = answers[i];
      }
    }
    return all;
  }

  private static double[][] widen(float[][] rows) {
    double[][] wide = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      float[] row = rows[i];
      wide[i] = IntStream.range(0, row.length).mapToDouble(k -> row[k]).toArray();
    }
    return wide;
  }
}

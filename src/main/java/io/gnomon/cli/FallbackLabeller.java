package io.gnomon.cli;

import io.gnomon.config.InputException;
import io.gnomon.serve.Tagger;
import io.gnomon.serve.bulk.Answer;
import io.gnomon.serve.bulk.Labeller;
import io.gnomon.teacher.Teacher;
import io.gnomon.teacher.TokenBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The student, and its teacher for the texts it is unsure of. Both read a text from its front. */
final class FallbackLabeller implements Labeller, AutoCloseable {
  private static final int ROWS = 16;

  private final Tagger student;
  private final Teacher teacher;
  private final double below;
  private final double temperature;

  private FallbackLabeller(Tagger student, Teacher teacher, double below, double temperature) {
    this.student = student;
    this.teacher = teacher;
    this.below = below;
    this.temperature = temperature;
  }

  /**
   * The two of them.
   *
   * @param teacher at the task's prompt, closed with this, as its model is
   * @param below probability from which on the student's answer stands
   * @param temperature by which its logits are divided before that is looked at
   */
  static FallbackLabeller of(Tagger student, Teacher teacher, double below, double temperature) {
    return new FallbackLabeller(student, teacher, below, temperature);
  }

  @Override
  public List<String> labels() {
    return student.labels();
  }

  @Override
  public boolean several() {
    return true;
  }

  @Override
  public List<Answer> label(List<String> texts) {
    double[][] logits = student.logits(texts);
    List<Answer> answers = new ArrayList<>();
    List<Integer> unsure = new ArrayList<>();
    for (int i = 0; i < logits.length; i++) {
      answers.add(new Answer(student.choose(probabilities(logits[i], 1)), STUDENT));
      if (confidence(probabilities(logits[i], temperature)) < below) {
        unsure.add(i);
      }
    }
    ask(texts, unsure, answers);
    return answers;
  }

  /** Of the label given; where there are several, of the decision that is the least sure. */
  private double confidence(double[] p) {
    return student.multiLabel()
        ? Arrays.stream(p).map(x -> Math.max(x, 1 - x)).min().orElse(1)
        : Arrays.stream(p).max().orElse(1);
  }

  private double[] probabilities(double[] logits, double divisor) {
    if (student.multiLabel()) {
      return Arrays.stream(logits).map(x -> 1 / (1 + Math.exp(-x / divisor))).toArray();
    }
    double most = Arrays.stream(logits).max().orElse(0);
    double[] parts = Arrays.stream(logits).map(x -> Math.exp((x - most) / divisor)).toArray();
    double sum = Arrays.stream(parts).sum();
    return Arrays.stream(parts).map(x -> x / sum).toArray();
  }

  /** An empty text has nothing that a teacher could read: there the student's answer stands. */
  private void ask(List<String> texts, List<Integer> unsure, List<Answer> answers) {
    long[][] tokens = unsure.stream().map(i -> tokens(texts.get(i))).toArray(long[][]::new);
    List<Integer> order =
        IntStream.range(0, tokens.length)
            .boxed()
            .filter(i -> tokens[i].length > 0)
            .sorted(Comparator.comparingInt(i -> tokens[i].length))
            .toList();
    for (int first = 0; first < order.size(); first += ROWS) {
      List<Integer> batch = order.subList(first, Math.min(order.size(), first + ROWS));
      float[][] p =
          teacher.probabilities(TokenBatch.of(batch.stream().map(i -> tokens[i]).toList()));
      for (int row = 0; row < p.length; row++) {
        answers.set(unsure.get(batch.get(row)), new Answer(student.choose(wide(p[row])), TEACHER));
      }
    }
  }

  private long[] tokens(String text) {
    long[] ids = teacher.model().tokenizer().encode(text);
    return ids.length > teacher.maxInput() ? Arrays.copyOf(ids, teacher.maxInput()) : ids;
  }

  private static double[] wide(float[] p) {
    double[] wide = new double[p.length];
    for (int k = 0; k < p.length; k++) {
      if (!Float.isFinite(p[k])) {
        throw new InputException(
            "--fallback: expected finite probabilities, found "
                + p[k]
                + "; take a teacher file with precision fp32, then another copy of the weights");
      }
      wide[k] = p[k];
    }
    return wide;
  }

  @Override
  public void close() {
    teacher.close();
    teacher.model().close();
  }
}

package io.gnomon.grow;

import ai.djl.ndarray.NDManager;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.evaluation.Bootstrap;
import io.gnomon.evaluation.Interval;
import io.gnomon.evaluation.LabelScores;
import io.gnomon.evaluation.Predictions;
import io.gnomon.evaluation.Scores;
import io.gnomon.evaluation.TokenizedSet;
import io.gnomon.experiment.RunFolder;
import io.gnomon.student.Student;
import io.gnomon.teacher.EmbeddingSpace;
import io.gnomon.tensor.Devices;
import java.util.Arrays;
import java.util.List;

/** The student of a round, asked about texts; no language model is needed for it. */
final class GrownStudent implements AutoCloseable {
  private static final double HALF = 0.5;

  private final ExperimentConfig config;
  private final EmbeddingSpace space;
  private final NDManager manager;
  private final Student student;
  private final int longest;

  GrownStudent(ExperimentConfig config, RunFolder run, int maxLength) {
    this.config = config;
    this.space =
        EmbeddingSpace.open(config.teacher().path(), Devices.of(config.runtime().device()));
    NDManager own = space.manager().newSubManager();
    try {
      Student.requireTeacher(run.student(), space.sha256());
      this.student = Student.load(own, run.student());
    } catch (RuntimeException e) {
      own.close();
      space.close();
      throw e;
    }
    this.manager = own;
    this.longest = Math.min(maxLength, student.shape().longest());
  }

  /** h, (N, K). */
  double[][] probabilities(List<String> texts) {
    return TokenizedSet.unlabelled(texts, i -> "post " + (i + 1), space.tokenizer(), longest)
        .answers(student, space.embeddings(), manager);
  }

  /** Accuracy on a labelled set, or micro-F1 with labels from a half on. */
  Interval score(LabelledSet test) {
    TokenizedSet set = TokenizedSet.of(test, space.tokenizer(), config.task(), longest);
    double[][] h = set.answers(student, space.embeddings(), manager);
    List<String> classes = List.copyOf(config.task().classes().keySet());
    Bootstrap bootstrap = new Bootstrap(h.length, Bootstrap.RESAMPLES, config.seed());
    if (config.task().multiLabel()) {
      boolean[][] given = Arrays.stream(h).map(GrownStudent::decided).toArray(boolean[][]::new);
      return LabelScores.of(set.labels(), given, classes, bootstrap).microF1();
    }
    Predictions predictions = Predictions.of(set.gold(), Predictions.likeliest(h));
    return Scores.of(predictions, classes, bootstrap).accuracy();
  }

  private static boolean[] decided(double[] p) {
    boolean[] given = new boolean[p.length];
    for (int k = 0; k < p.length; k++) {
      given[k] = p[k] >= HALF;
    }
    return given;
  }

  @Override
  public void close() {
    student.close();
    manager.close();
    space.close();
  }
}

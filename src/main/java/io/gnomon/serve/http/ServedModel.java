package io.gnomon.serve.http;

import io.gnomon.serve.Tagger;
import io.gnomon.serve.TaggerOptions;
import io.gnomon.serve.Tagging;
import java.util.List;

/** What the server asks of a model. */
public interface ServedModel {
  /**
   * What the model is.
   *
   * @param task name of its task
   * @param multiLabel whether a text may have several labels
   * @param labels K names
   * @param maxLength tokens read of a text
   * @param precision {@code fp32}, {@code fp16} or {@code int8}
   */
  record Info(
      String task, boolean multiLabel, List<String> labels, int maxLength, String precision) {
    public Info {
      labels = List.copyOf(labels);
    }
  }

  /** What it is. */
  Info info();

  /** N rows of K probabilities, in the order of the texts and of the labels. */
  double[][] probabilities(List<String> texts);

  /** The labels that such rows give a text each under {@code options}. */
  List<Tagging> choose(double[][] probabilities, TaggerOptions options);

  /** An exported student. */
  static ServedModel of(Tagger tagger) {
    return new ServedModel() {
      @Override
      public Info info() {
        return new Info(
            tagger.task(),
            tagger.multiLabel(),
            tagger.labels(),
            tagger.maxLength(),
            tagger.precision());
      }

      @Override
      public double[][] probabilities(List<String> texts) {
        return tagger.probabilities(texts);
      }

      @Override
      public List<Tagging> choose(double[][] probabilities, TaggerOptions options) {
        return tagger.choose(probabilities, options);
      }
    };
  }
}

package io.gnomon.serve;

import io.gnomon.config.InputException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Which labels a text is given, from a probability for each. */
final class LabelChoice {
  /** Of a label that is judged by itself, where nobody tuned another. */
  private static final double HALF = 0.5;

  private final List<String> labels;
  private final double[] thresholds;
  private final int most;

  /**
   * @throws InputException when the options have a threshold for a label that the student has not
   */
  LabelChoice(LabelFile file, TaggerOptions options) {
    this.labels = file.labels();
    for (String label : options.thresholds().keySet()) {
      if (!labels.contains(label)) {
        throw new InputException(
            "threshold of %s: expected one of the labels %s, found another; mend its name"
                .formatted(label, labels));
      }
    }
    this.thresholds =
        labels.stream().mapToDouble(label -> threshold(label, file, options)).toArray();
    this.most = options.topK().orElse(file.multiLabel() ? labels.size() : 1);
  }

  private static double threshold(String label, LabelFile file, TaggerOptions options) {
    Double own = options.thresholds().get(label);
    if (own != null) {
      return own;
    }
    if (options.threshold().isPresent()) {
      return options.threshold().getAsDouble();
    }
    if (options.topK().isPresent()) {
      return 0;
    }
    return file.thresholds().getOrDefault(label, file.multiLabel() ? HALF : 0);
  }

  Tagging of(double[] p) {
    Map<String, Double> probabilities = new LinkedHashMap<>();
    for (int k = 0; k < p.length; k++) {
      probabilities.put(labels.get(k), p[k]);
    }
    List<String> chosen =
        IntStream.range(0, p.length)
            .boxed()
            .filter(k -> p[k] >= thresholds[k])
            .sorted(Comparator.comparingDouble(k -> -p[k]))
            .limit(most)
            .map(labels::get)
            .toList();
    return new Tagging(chosen, probabilities);
  }
}

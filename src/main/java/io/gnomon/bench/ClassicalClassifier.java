package io.gnomon.bench;

import io.gnomon.baseline.classical.ClassicalModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A classical model, asked about texts. */
record ClassicalClassifier(ClassicalModel model, Making making) implements Classifier {
  /** One that learned from so many texts. */
  static ClassicalClassifier of(ClassicalModel model, int texts) {
    Map<String, Double> preparation = Map.of("features", model.preparationSeconds());
    return new ClassicalClassifier(
        model,
        new Making(preparation, model.trainingSeconds(), texts, model.parameters(), 0, Map.of()));
  }

  /** The same one, with what choosing it among others took. */
  ClassicalClassifier chosen(double training, double choosing) {
    Map<String, Double> preparation = new LinkedHashMap<>(making.preparationSeconds());
    preparation.put("choosing C", choosing);
    return new ClassicalClassifier(
        model,
        new Making(preparation, training, making.samples(), making.parameters(), 0, Map.of()));
  }

  @Override
  public double[][] probabilities(List<String> texts) {
    return model.probabilities(texts);
  }

  @Override
  public double[][] afresh(List<String> texts) {
    return model.afresh(texts);
  }

  @Override
  public void close() {
    model.close();
  }
}

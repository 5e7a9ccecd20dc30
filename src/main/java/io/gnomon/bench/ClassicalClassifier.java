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
        model, new Making(preparation, model.trainingSeconds(), texts, model.parameters(), 0));
  }

  /** The same one, with what choosing it among others took. */
  ClassicalClassifier chosen(double training, double choosing) {
    return with("choosing C", choosing, training);
  }

  /** The same one, with what the labels took that it learned from. */
  ClassicalClassifier labelled(double seconds) {
    return with("labelling", seconds, making.trainingSeconds());
  }

  private ClassicalClassifier with(String name, double seconds, double training) {
    Map<String, Double> preparation = new LinkedHashMap<>(making.preparationSeconds());
    preparation.put(name, seconds);
    return new ClassicalClassifier(
        model, new Making(preparation, training, making.samples(), making.parameters(), 0));
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

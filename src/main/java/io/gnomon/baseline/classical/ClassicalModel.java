package io.gnomon.baseline.classical;

import io.gnomon.baseline.TextModel;
import io.gnomon.config.ApproachConfig.Classical.Features;
import io.gnomon.config.ApproachConfig.Classical.Learner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Features and a learner on them, fitted to labelled texts.
 *
 * <p>The same texts, targets, seed and settings give the same model. Texts without a known word are
 * answered from what remains: the intercept, or the share of each class.
 */
public final class ClassicalModel implements TextModel {
  /** Texts whose vectors are held at once; a multiple of what {@link EmbeddingCache} keeps. */
  private static final int CHUNK = 2 * EmbeddingCache.BLOCK;

  private final FeatureMap features;
  private final VaryingClasses varying;
  private final @Nullable Classifier classifier;
  private final double preparation;
  private final double training;

  private ClassicalModel(
      FeatureMap features,
      VaryingClasses varying,
      @Nullable Classifier classifier,
      double preparation,
      double training) {
    this.features = features;
    this.varying = varying;
    this.classifier = classifier;
    this.preparation = preparation;
    this.training = training;
  }

  /**
   * Learns {@code targets} of {@code texts}.
   *
   * @param texts N texts, at least one
   * @param targets of as many rows; gold or a teacher's
   * @throws IllegalArgumentException when there is no text, or their numbers differ
   */
  public static ClassicalModel fit(
      Features features,
      Learner learner,
      List<String> texts,
      Targets targets,
      long seed,
      ClassicalSettings settings) {
    if (texts.isEmpty() || texts.size() != targets.size()) {
      throw new IllegalArgumentException(
          "expected as many targets as texts, at least one: "
              + targets.size()
              + " for "
              + texts.size());
    }
    long start = System.nanoTime();
    FeatureMap map = FeatureMaps.fit(features, texts, settings);
    try {
      double fitted = since(start);
      PreparedFeatures prepared = map.prepare(texts);
      long prepare = System.nanoTime();
      VaryingClasses varying = new VaryingClasses(targets);
      Classifier classifier =
          varying.isEmpty()
              ? null
              : Learners.fit(learner, prepared.rows(), varying.of(targets), seed, settings);
      return new ClassicalModel(
          map, varying, classifier, fitted + prepared.seconds(), since(prepare));
    } catch (RuntimeException | Error e) {
      map.close();
      throw e;
    }
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  @Override
  public double[][] probabilities(List<String> texts) {
    return answers(texts, features::prepare);
  }

  /** {@link #probabilities} with no vector read that was kept: what answering takes. */
  public double[][] afresh(List<String> texts) {
    return answers(texts, features::prepareAfresh);
  }

  private double[][] answers(List<String> texts, Function<List<String>, PreparedFeatures> prepare) {
    List<double[]> answers = new ArrayList<>(texts.size());
    for (int from = 0; from < texts.size(); from += CHUNK) {
      List<String> chunk = texts.subList(from, Math.min(from + CHUNK, texts.size()));
      answers.addAll(Arrays.asList(answer(chunk, prepare)));
    }
    return answers.toArray(new double[0][]);
  }

  private double[][] answer(List<String> texts, Function<List<String>, PreparedFeatures> prepare) {
    double[][] answers = new double[texts.size()][];
    double[][] learned =
        classifier == null ? null : classifier.probabilities(prepare.apply(texts).rows());
    for (int i = 0; i < answers.length; i++) {
      answers[i] = learned == null ? varying.certain() : varying.whole(learned[i]);
    }
    return answers;
  }

  /**
   * Numbers in the learner and in what makes the vectors: inverse document frequencies, or MiniLM's
   * weights.
   */
  @Override
  public long parameters() {
    return features.numbers() + (classifier == null ? 0 : classifier.numbers());
  }

  /**
   * Seconds that making the training texts' vectors took; of kept embeddings, what they took when
   * they were made.
   */
  public double preparationSeconds() {
    return preparation;
  }

  /** Seconds that learning took. */
  public double trainingSeconds() {
    return training;
  }

  @Override
  public void close() {
    if (classifier != null) {
      classifier.close();
    }
    features.close();
  }
}

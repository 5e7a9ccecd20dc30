package io.gnomon.bench;

import io.gnomon.baseline.classical.ClassicalModel;
import io.gnomon.baseline.classical.ClassicalSettings;
import io.gnomon.baseline.classical.Targets;
import io.gnomon.config.ApproachConfig.Classical;
import io.gnomon.config.ApproachConfig.Classical.Labels;
import io.gnomon.config.ApproachConfig.Classical.Learner;
import io.gnomon.config.DataConfig.Split;
import io.gnomon.data.LabelledSet;
import io.gnomon.data.LabelledText;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Features of the text and a classical learner on them, on gold labels or on the teacher's: the
 * likeliest class of each text, or the labels that it gives under its own thresholds.
 *
 * <p>Logistic regression's cost C is 1 or 10, whichever labels more of the dev texts rightly (of a
 * multi-label task: the higher macro-F1, thresholds tuned there), rightly being as the labels have
 * it that are learned from; of equals 1. Both trainings count as training, and the answers to the
 * dev texts as preparation; so do the seconds that the teacher took for its labels, whichever cell
 * asked first.
 */
final class ClassicalApproach implements Approach {
  private static final double[] COSTS = {1, 10};
  private static final int LONGEST = 512; // MiniLM's positions
  private static final int SHORTEST = 3;

  private final Materials materials;
  private final Path embeddings;

  /** An approach that keeps embeddings in a folder, for all cells. */
  ClassicalApproach(Materials materials, Path embeddings) {
    this.materials = materials;
    this.embeddings = embeddings;
  }

  /** Texts and what is to be answered to them. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  private record Lesson(List<String> texts, boolean[][] labels) {}

  @Override
  public Optional<Classifier> make(Cell cell, CellFolder folder, CellListener listener) {
    return lesson(cell, Split.TRAIN, listener)
        .flatMap(
            train ->
                kind(cell).learner() == Learner.LOGISTIC_REGRESSION
                    ? lesson(cell, Split.DEV, listener)
                        .flatMap(dev -> best(cell, train, dev, listener))
                    : Optional.of(fit(cell, train, COSTS[0])))
        .map(made -> labelled(cell, made, listener));
  }

  private ClassicalClassifier labelled(Cell cell, ClassicalClassifier made, CellListener listener) {
    return kind(cell).labels() == Labels.GOLD
        ? made
        : made.labelled(materials.labellingSeconds(cell, listener));
  }

  private static Classical kind(Cell cell) {
    return (Classical) cell.kind();
  }

  private Optional<Lesson> lesson(Cell cell, Split part, CellListener listener) {
    LabelledSet set = materials.texts(cell).of(part);
    List<String> texts = set.rows().stream().map(LabelledText::text).toList();
    if (kind(cell).labels() == Labels.GOLD) {
      return Optional.of(new Lesson(texts, set.classIndicators(cell.classes())));
    }
    return materials.decided(cell, part, listener).map(labels -> new Lesson(texts, labels));
  }

  private Optional<ClassicalClassifier> best(
      Cell cell, Lesson train, Lesson dev, CellListener listener) {
    ClassicalClassifier best = null;
    double highest = -1;
    double training = 0;
    double choosing = 0;
    try {
      for (double cost : COSTS) {
        if (listener.stop()) {
          close(best);
          return Optional.empty();
        }
        ClassicalClassifier made = fit(cell, train, cost);
        training += made.making().trainingSeconds();
        long start = System.nanoTime();
        double score = score(cell, made, dev);
        choosing += (System.nanoTime() - start) / 1e9;
        listener.note("C = %.0f: %.4f on %d dev texts".formatted(cost, score, dev.texts().size()));
        if (score > highest) {
          close(best);
          best = made;
          highest = score;
        } else {
          made.close();
        }
      }
      return Optional.of(Objects.requireNonNull(best).chosen(training, choosing));
    } catch (RuntimeException e) {
      close(best);
      throw e;
    }
  }

  private static void close(@Nullable ClassicalClassifier classifier) {
    if (classifier != null) {
      classifier.close();
    }
  }

  private static double score(Cell cell, ClassicalClassifier made, Lesson dev) {
    return TaskScorer.of(cell.experiment().task())
        .quality(dev.labels(), made.probabilities(dev.texts()));
  }

  private ClassicalClassifier fit(Cell cell, Lesson train, double cost) {
    Classical kind = kind(cell);
    int tokens = Math.max(SHORTEST, Math.min(LONGEST, cell.text().maxLength()));
    int threads = cell.experiment().runtime().threads();
    ClassicalSettings settings = new ClassicalSettings(cost, threads, tokens, embeddings);
    return ClassicalClassifier.of(
        ClassicalModel.fit(
            kind.features(),
            kind.learner(),
            train.texts(),
            targets(cell, train.labels()),
            cell.seed(),
            settings),
        train.texts().size());
  }

  private static Targets targets(Cell cell, boolean[][] labels) {
    return cell.experiment().task().multiLabel()
        ? Targets.ofLabels(labels)
        : Targets.ofClasses(classes(labels), cell.classes().size());
  }

  /** The one class of each text. */
  private static int[] classes(boolean[][] labels) {
    return Arrays.stream(labels)
        .mapToInt(
            row -> IntStream.range(0, row.length).filter(k -> row[k]).findFirst().orElseThrow())
        .toArray();
  }
}

package io.gnomon.latency;

import io.gnomon.baseline.classical.ClassicalModel;
import io.gnomon.baseline.classical.ClassicalSettings;
import io.gnomon.baseline.classical.Targets;
import io.gnomon.config.ApproachConfig.Classical.Features;
import io.gnomon.config.ApproachConfig.Classical.Learner;
import io.gnomon.config.TaskConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.data.LabelledText;
import java.util.List;

/** Features of the text and logistic regression, learned from labelled texts on the spot. */
record Classic(String name, ClassicalModel model) implements Contestant {
  private static final long SEED = 1;

  /** Learns from {@code train}, gold labels and C = 1. */
  static Classic fit(String name, Features features, TaskConfig task, LabelledSet train) {
    List<String> classes = List.copyOf(task.classes().keySet());
    Targets targets =
        task.multiLabel()
            ? Targets.ofLabels(train.classIndicators(classes))
            : Targets.ofClasses(train.classIndices(classes), classes.size());
    List<String> texts = train.rows().stream().map(LabelledText::text).toList();
    ClassicalSettings settings = ClassicalSettings.standard();
    return new Classic(
        name,
        ClassicalModel.fit(features, Learner.LOGISTIC_REGRESSION, texts, targets, SEED, settings));
  }

  /** It is held in memory alone. */
  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public double[][] probabilities(List<String> texts) {
    return model.afresh(texts);
  }

  @Override
  public void close() {
    model.close();
  }
}

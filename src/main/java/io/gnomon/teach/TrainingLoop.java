package io.gnomon.teach;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import io.gnomon.config.TeachConfig;
import io.gnomon.optimizer.AdamW;
import io.gnomon.optimizer.GradientClip;
import io.gnomon.optimizer.Gradients;
import io.gnomon.optimizer.LearningRate;
import io.gnomon.optimizer.NonFinite;
import io.gnomon.optimizer.NonFiniteException;
import io.gnomon.tensor.Seeds;
import java.util.Map;

/**
 * The steps of teaching: batch, loss, update, running mean; a line of the log and a saved state now
 * and then.
 */
final class TrainingLoop {
  private final TeachConfig config;
  private final TeachListener listener;
  private final TrainableModel trainable;
  private final Map<String, NDArray> weights;
  private final AdamW optimizer;
  private final RunningMean mean;
  private final BatchSchedule batches;
  private final NDManager manager;
  private final TeachState state;
  private final LearningRate rate;
  private final GradientClip clip;

  TrainingLoop(
      TeachConfig config,
      TeachListener listener,
      TrainableModel trainable,
      Map<String, NDArray> weights,
      AdamW optimizer,
      RunningMean mean,
      BatchSchedule batches,
      NDManager manager,
      TeachState state) {
    this.config = config;
    this.listener = listener;
    this.rate = LearningRate.of(config.optimizer(), config.training().steps());
    this.clip = new GradientClip(config.optimizer().clipNorm());
    this.trainable = trainable;
    this.weights = weights;
    this.optimizer = optimizer;
    this.mean = mean;
    this.batches = batches;
    this.manager = manager;
    this.state = state;
  }

  /** Goes from {@code first} steps made to the last, or to where the listener stops it. */
  int from(int first) {
    TeachConfig.ScheduleConfig schedule = config.training();
    double loss = 0;
    int texts = 0;
    int counted = 0;
    long start = System.nanoTime();
    for (int step = first; step < schedule.steps(); step++) {
      if (listener.stop()) {
        state.save(step, weights, mean, optimizer);
        return step;
      }
      PromptBatch batch = batch(step);
      loss += step(step, batch);
      texts += batch.input().length;
      counted++;
      int made = step + 1;
      if (made % schedule.logEvery() == 0 || made == schedule.steps()) {
        double seconds = (System.nanoTime() - start) / 1e9;
        listener.progress(made, schedule.steps(), loss / counted, texts / seconds);
        loss = 0;
        texts = 0;
        counted = 0;
        start = System.nanoTime();
      }
      if (made % schedule.checkpointEvery() == 0 || made == schedule.steps()) {
        state.save(made, weights, mean, optimizer);
      }
    }
    return schedule.steps();
  }

  private PromptBatch batch(int step) {
    return PromptBatch.of(
        batches.lesson(step),
        batches.examples(step),
        trainable.shape().vocabulary(),
        config.loss(),
        Seeds.random(config.seed(), "prompts", step));
  }

  private double step(int step, PromptBatch batch) {
    Engine engine = Engine.getEngine("PyTorch");
    engine.setRandomSeed((int) Seeds.derive(config.seed(), "dropout", step));
    double loss;
    try (NDScope scope = new NDScope();
        NDManager local = manager.newSubManager()) {
      scope.suppressNotUsedWarning();
      try (GradientCollector collector = engine.newGradientCollector()) {
        NDArray value = trainable.loss(batch, local);
        collector.backward(value);
        loss = value.getFloat();
      }
      update(step, loss);
    }
    return loss;
  }

  private void update(int step, double loss) {
    try (Gradients gradients = Gradients.of(weights)) {
      double norm = clip.apply(gradients);
      NonFinite.find(loss, norm, gradients, weights)
          .ifPresent(
              found -> {
                throw new NonFiniteException("step " + (step + 1), found);
              });
      optimizer.step(gradients, rate.at(step + 1L));
      gradients.zero();
    }
    mean.update(weights, step + 1L);
  }
}

package io.gnomon.projection;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.objective.Loss;
import io.gnomon.optimizer.AdamW;
import io.gnomon.optimizer.GradientClip;
import io.gnomon.optimizer.Gradients;
import io.gnomon.optimizer.LearningRate;
import io.gnomon.optimizer.NonFinite;
import io.gnomon.optimizer.StepGuard;
import io.gnomon.tensor.Recording;
import io.gnomon.tensor.Seeds;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The steps of Algorithm 1 and all that they change: student and c, the optimizer's moments, the
 * sums of a trace row.
 *
 * <p>A step leaves its numbers on the device and waits for none of them. One whose loss or gradient
 * is not finite changes nothing, nor does any behind it, until the host asks {@link #halted}.
 */
final class StudentTrainer implements AutoCloseable {
  private final ExperimentConfig config;
  private final Projection.Cast cast;
  private final NDManager manager;
  private final Map<String, NDArray> weights;
  private final AdamW optimizer;
  private final LearningRate rate;
  private final GradientClip clip;
  private final StepGuard guard;
  private final RowSums sums;

  /** Loss and gradients on one batch. */
  private record Pass(Loss loss, Gradients gradients, int rows) {}

  StudentTrainer(ExperimentConfig config, Projection.Cast cast, NDManager parent) {
    this.config = config;
    this.cast = cast;
    this.manager = parent.newSubManager();
    this.weights = new LinkedHashMap<>(cast.student().parameters().arrays());
    weights.putAll(cast.coefficient().parameters());
    this.optimizer =
        new AdamW(
            manager,
            weights,
            config.optimizer(),
            Map.of(Coefficient.NAME, config.optimizer().coefficientRate()));
    this.rate = LearningRate.of(config.optimizer(), config.training().steps());
    this.clip = new GradientClip(config.optimizer().clipNorm());
    this.guard = new StepGuard(manager);
    this.sums = new RowSums(manager);
  }

  /** Student and c, by name. */
  Map<String, NDArray> weights() {
    return weights;
  }

  AdamW optimizer() {
    return optimizer;
  }

  RowSums sums() {
    return sums;
  }

  /** Learning rate of step {@code step}, counted from 1. */
  double rate(long step) {
    return rate.at(step);
  }

  /**
   * One step, from {@code step} steps made to one more.
   *
   * @return samples in it
   */
  int advance(long step, Batches batches) {
    return onBatch(step, batches, pass -> update(step, pass));
  }

  private int update(long step, Pass pass) {
    Gradients gradients = pass.gradients();
    NDArray norm = clip.clip(gradients);
    guard.watch(pass.loss().total(), norm);
    optimizer.step(gradients, rate.at(step + 1), guard);
    gradients.zero();
    sums.add(pass.loss(), norm, guard);
    return pass.rows();
  }

  /** Whether a step was not finite, and everything is as it was before it; waits for the device. */
  boolean halted() {
    return guard.tripped();
  }

  /** Steps made: the same as asked for, unless it has halted. */
  long made() {
    return optimizer.steps();
  }

  /** What was wrong with the step behind {@link #made}, which is computed once more. */
  NonFinite fault(Batches batches) {
    return onBatch(made(), batches, pass -> guard.found(pass.gradients(), weights));
  }

  private <T> T onBatch(long index, Batches batches, Function<Pass, T> use) {
    try (NDScope scope = new NDScope();
        NDManager local = manager.newSubManager()) {
      scope.suppressNotUsedWarning();
      Batches.Batch batch = batches.draw(local, index);
      int seed = (int) Seeds.derive(config.seed(), "dropout", index);
      Engine.getEngine("PyTorch").setRandomSeed(seed);
      Loss loss;
      try (Recording recording = Recording.begin()) {
        NDArray logits = cast.student().logits(batch.x(), batch.mask(), true); // (B, K)
        loss = cast.objective().loss(batch.g(), logits, cast.coefficient().array());
        recording.backward(loss.total());
      }
      try (Gradients gradients = Gradients.of(weights)) {
        return use.apply(new Pass(loss, gradients, batch.rows()));
      }
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}

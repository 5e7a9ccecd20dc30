package io.gnomon.projection;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.objective.Loss;
import io.gnomon.objective.Objective;
import io.gnomon.optimizer.AdamW;
import io.gnomon.optimizer.GradientClip;
import io.gnomon.optimizer.Gradients;
import io.gnomon.optimizer.LearningRate;
import io.gnomon.optimizer.NonFinite;
import io.gnomon.student.Student;
import io.gnomon.tensor.Seeds;
import io.gnomon.trace.TraceFile;
import io.gnomon.trace.TraceRow;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Algorithm 1: draw inputs without text, ask the teacher, step student and c under the objective,
 * and write a row of the trace now and then.
 *
 * <p>Step s (counted from 1) trains on batch s − 1 of the sampler, under the dropout seed of that
 * number; with the state saved whole, a resumed run repeats an unbroken one to the last digit.
 */
public final class Projection implements AutoCloseable {
  private final ExperimentConfig config;
  private final Cast cast;
  private final NDManager manager;
  private final TraceFile trace;
  private final ProjectionState state;
  private final ProjectionListener listener;
  private final Map<String, NDArray> weights;
  private final AdamW optimizer;
  private final LearningRate rate;
  private final GradientClip clip;
  private final RowSums sums = new RowSums();

  /**
   * Who takes part.
   *
   * @param batches what is trained on, batch s − 1 in step s
   * @param student h
   * @param coefficient c
   * @param objective what is minimised
   * @param measurement what a trace row holds
   */
  public record Cast(
      Batches batches,
      Student student,
      Coefficient coefficient,
      Objective objective,
      Measurement measurement) {}

  /** How a run ended: all steps made, or stopped and saved behind {@code step}. */
  public record Outcome(long step, boolean finished) {}

  /**
   * A projection about to run.
   *
   * @param manager owner of the optimizer's moments and of what is in flight
   */
  public Projection(
      ExperimentConfig config,
      Cast cast,
      NDManager manager,
      TraceFile trace,
      ProjectionState state,
      ProjectionListener listener) {
    this.config = config;
    this.cast = cast;
    this.manager = manager.newSubManager();
    this.trace = trace;
    this.state = state;
    this.listener = listener;
    this.weights = new LinkedHashMap<>(cast.student().parameters().arrays());
    weights.putAll(cast.coefficient().parameters());
    this.optimizer =
        new AdamW(
            this.manager,
            weights,
            config.optimizer(),
            Map.of(Coefficient.NAME, config.optimizer().coefficientRate()));
    this.rate = LearningRate.of(config.optimizer(), config.training().steps());
    this.clip = new GradientClip(config.optimizer().clipNorm());
  }

  /**
   * Runs to the last step, from the saved state where there is one.
   *
   * @throws DivergenceException when a loss or gradient is not finite
   */
  public Outcome run() {
    cast.objective().warning().ifPresent(listener::note);
    long step = begin();
    while (step < config.training().steps()) {
      if (listener.stop()) {
        save(step);
        return new Outcome(step, false);
      }
      advance(step);
      step++;
      listener.stepped(step);
      boolean last = step == config.training().steps();
      if (last || step % config.trace().every() == 0) {
        write(step);
      }
      if (last || step % config.training().checkpointEvery() == 0) {
        save(step);
      }
    }
    return new Outcome(step, true);
  }

  private long begin() {
    if (state.exists()) {
      long step = state.restore(weights, optimizer, sums);
      trace.require(step - step % config.trace().every());
      trace.truncateAfter(step);
      listener.note("resuming behind step " + step);
      return step;
    }
    trace.truncateAfter(-1);
    write(0);
    return 0;
  }

  private void save(long step) {
    state.save(step, weights, optimizer, sums);
  }

  /** One step of Algorithm 1: from {@code step} steps made to one more. */
  private void advance(long step) {
    long start = System.nanoTime();
    Engine engine = Engine.getEngine("PyTorch");
    engine.setRandomSeed((int) Seeds.derive(config.seed(), "dropout", step));
    try (NDScope scope = new NDScope();
        NDManager local = manager.newSubManager()) {
      scope.suppressNotUsedWarning();
      Batches.Batch batch = cast.batches().draw(local, step);
      Loss loss;
      try (GradientCollector collector = engine.newGradientCollector()) {
        NDArray logits = cast.student().logits(batch.x(), batch.mask(), true); // (B, K)
        loss = cast.objective().loss(batch.g(), logits, cast.coefficient().array());
        collector.backward(loss.total());
      }
      double value = loss.total().getFloat();
      double norm = update(step, value);
      sums.add(value, loss, norm, batch.rows(), System.nanoTime() - start);
    }
  }

  private double update(long step, double loss) {
    try (Gradients gradients = Gradients.of(weights)) {
      double norm = clip.apply(gradients);
      NonFinite.find(loss, norm, gradients, weights).ifPresent(found -> fail(step, found));
      optimizer.step(gradients, rate.at(step + 1));
      gradients.zero();
      return norm;
    }
  }

  private void fail(long step, NonFinite found) {
    save(step);
    throw new DivergenceException(step + 1, step, state.file(), found);
  }

  private void write(long step) {
    TraceRow row = measure(step);
    trace.append(row);
    listener.traced(row);
  }

  private TraceRow measure(long step) {
    double c = cast.coefficient().value();
    try {
      return cast.measurement().row(step, cast.student(), c, rate.at(step), sums);
    } catch (IllegalArgumentException e) {
      // The step before had a finite loss and finite gradients, and what it made of the weights
      // gives answers that are neither.
      save(step);
      throw new DivergenceException(step, state.file(), e);
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}

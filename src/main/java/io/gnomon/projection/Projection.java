package io.gnomon.projection;

import ai.djl.ndarray.NDManager;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.objective.Objective;
import io.gnomon.optimizer.NonFinite;
import io.gnomon.student.Student;
import io.gnomon.trace.TraceFile;
import io.gnomon.trace.TraceRow;
import java.util.OptionalDouble;

/**
 * Algorithm 1: draw inputs without text, ask the teacher, step student and c under the objective,
 * and write a row of the trace now and then.
 *
 * <p>Step s (counted from 1) trains on batch s − 1 of the sampler, under the dropout seed of that
 * number; with the state saved whole, a resumed run repeats an unbroken one to the last digit. On a
 * card a step waits for nothing: the host looks at what it came to before each row and each saved
 * state, and every {@value #LOOK_EVERY} steps. On a CPU looking costs nothing, and is done each
 * step.
 */
public final class Projection implements AutoCloseable {
  private static final int LOOK_EVERY = 50;

  private final ExperimentConfig config;
  private final Cast cast;
  private final NDManager manager;
  private final TraceFile trace;
  private final ProjectionState state;
  private final ProjectionListener listener;
  private final StudentTrainer learner;
  private final int lookEvery;

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
    this(config, cast, manager, trace, state, listener, looks(manager));
  }

  /** As the other, looking at least every {@code lookEvery} steps. */
  Projection(
      ExperimentConfig config,
      Cast cast,
      NDManager manager,
      TraceFile trace,
      ProjectionState state,
      ProjectionListener listener,
      int lookEvery) {
    this.config = config;
    this.cast = cast;
    this.manager = manager.newSubManager();
    this.trace = trace;
    this.state = state;
    this.listener = listener;
    this.learner = new StudentTrainer(config, cast, this.manager);
    this.lookEvery = lookEvery;
  }

  private static int looks(NDManager manager) {
    return manager.getDevice().isGpu() ? LOOK_EVERY : 1;
  }

  /**
   * Runs to the last step, from the saved state where there is one.
   *
   * @throws DivergenceException when a loss or gradient is not finite
   */
  public Outcome run() {
    cast.objective().warning().ifPresent(listener::warning);
    if (!overlaps()) {
      return run(cast.batches());
    }
    try (PrefetchedBatches ahead =
        new PrefetchedBatches(cast.batches(), manager, config.training().steps())) {
      return run(ahead);
    }
  }

  private boolean overlaps() {
    return switch (config.runtime().overlap()) {
      case ON -> true;
      case OFF -> false;
      case AUTO -> manager.getDevice().isGpu();
    };
  }

  private Outcome run(Batches batches) {
    long step = begin();
    while (step < config.training().steps()) {
      if (listener.stop()) {
        look(batches);
        save(step);
        return new Outcome(step, false);
      }
      advance(step, batches);
      step++;
      listener.stepped(step);
      if (rowBehind(step)) {
        write(step);
      }
      if (stateBehind(step)) {
        save(step);
      }
    }
    return new Outcome(step, true);
  }

  private boolean rowBehind(long step) {
    return step == config.training().steps() || step % config.trace().every() == 0;
  }

  private boolean stateBehind(long step) {
    return step == config.training().steps() || step % config.training().checkpointEvery() == 0;
  }

  private boolean lookBehind(long step) {
    return step % lookEvery == 0 || rowBehind(step) || stateBehind(step);
  }

  private long begin() {
    if (state.exists()) {
      long step = state.restore(learner.weights(), learner.optimizer(), learner.sums());
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
    state.save(step, learner.weights(), learner.optimizer(), learner.sums());
  }

  private void advance(long step, Batches batches) {
    long start = System.nanoTime();
    int samples = learner.advance(step, batches);
    if (lookBehind(step + 1)) {
      look(batches);
    }
    learner.sums().time(samples, System.nanoTime() - start);
  }

  /** Stops the run if a step since the last look was not finite. */
  private void look(Batches batches) {
    if (!learner.halted()) {
      return;
    }
    long made = learner.made();
    NonFinite fault = learner.fault(batches);
    save(made);
    throw new DivergenceException(made + 1, made, state.file(), fault);
  }

  private void write(long step) {
    TraceRow row = measure(step);
    trace.append(row);
    listener.traced(row);
  }

  private TraceRow measure(long step) {
    OptionalDouble c = cast.coefficient().value();
    try {
      return cast.measurement().row(step, cast.student(), c, learner.rate(step), learner.sums());
    } catch (IllegalArgumentException e) {
      // The step before had a finite loss and finite gradients, and what it made of the weights
      // gives answers that are neither.
      save(step);
      throw new DivergenceException(step, state.file(), e);
    }
  }

  @Override
  public void close() {
    learner.close();
    manager.close();
  }
}

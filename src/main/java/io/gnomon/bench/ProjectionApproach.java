package io.gnomon.bench;

import io.gnomon.config.TrainingConfig;
import io.gnomon.experiment.Experiment;
import io.gnomon.projection.ProjectionListener;
import io.gnomon.trace.Measure;
import io.gnomon.trace.TraceRow;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Algorithm 1, by the very run that {@code gnomon run} makes; it goes on where it was stopped. */
final class ProjectionApproach implements Approach {
  private static final Map<Measure, Figure> ON_NOISE =
      Map.of(
          Measure.ALPHA, Figure.ALPHA_NOISE,
          Measure.ALPHA_FLOOR, Figure.ALPHA_NOISE_FLOOR,
          Measure.AGREEMENT_NOISE, Figure.AGREEMENT_NOISE);

  private final Path answers;

  /**
   * An approach whose teacher's answers to noise are kept in {@code answers}, where the experiment
   * keeps them.
   */
  ProjectionApproach(Path answers) {
    this.answers = answers;
  }

  @Override
  public Optional<Classifier> make(Cell cell, CellFolder folder, CellListener listener) {
    Steps steps = new Steps(cell.experiment().training(), listener);
    Experiment.Result result =
        new Experiment(cell.experiment(), folder.run(), answers, steps).run(true);
    if (!result.finished()) {
      return Optional.empty();
    }
    long samples = result.step() * cell.experiment().training().batchSize();
    StudentClassifier.Training training =
        new StudentClassifier.Training(
            Map.of("until the first step", steps.untilFirst()),
            ((Number) result.metrics().getOrDefault("seconds", 0)).doubleValue(),
            samples,
            onNoise(result.rows()));
    return Optional.of(StudentClassifier.load(cell, folder.run().student(), training));
  }

  private static Map<Figure, Estimate> onNoise(List<TraceRow> rows) {
    TraceRow last = rows.get(rows.size() - 1);
    Map<Figure, Estimate> figures = new EnumMap<>(Figure.class);
    ON_NOISE.forEach(
        (measure, figure) ->
            last.get(measure).ifPresent(value -> figures.put(figure, Estimate.of(value))));
    return figures;
  }

  /** The projection's steps as the bench hears of them. */
  private static final class Steps implements ProjectionListener {
    private final TrainingConfig training;
    private final CellListener listener;
    private final long start = System.nanoTime();
    private long first;

    Steps(TrainingConfig training, CellListener listener) {
      this.training = training;
      this.listener = listener;
    }

    /** Seconds, of this sitting. */
    double untilFirst() {
      return ((first == 0 ? System.nanoTime() : first) - start) / 1e9;
    }

    @Override
    public void note(String line) {
      listener.note(line);
    }

    @Override
    public void stepped(long step) {
      first = first == 0 ? System.nanoTime() : first;
      listener.progress(step, training.steps());
    }

    @Override
    public void traced(TraceRow row) {}

    @Override
    public boolean stop() {
      return listener.stop();
    }
  }
}

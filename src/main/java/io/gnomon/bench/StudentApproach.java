package io.gnomon.bench;

import io.gnomon.baseline.Experiments;
import io.gnomon.baseline.Experiments.Given;
import io.gnomon.config.ApproachConfig;
import io.gnomon.config.DataConfig.Split;
import io.gnomon.config.TrainingConfig;
import io.gnomon.experiment.Experiment;
import io.gnomon.projection.ProjectionListener;
import io.gnomon.trace.Measure;
import io.gnomon.trace.TraceRow;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A student trained by the very run that {@code gnomon run} makes, on noise or on the text that the
 * cell's experiment names; it goes on where it was stopped. Labelled text is the task's training
 * part as all approaches have it, without what is kept for choosing settings, and the teacher's
 * answers to it are those that all cells share.
 */
final class StudentApproach implements Approach {
  private static final Map<Measure, Figure> ON_NOISE =
      Map.of(
          Measure.ALPHA, Figure.ALPHA_NOISE,
          Measure.ALPHA_FLOOR, Figure.ALPHA_NOISE_FLOOR,
          Measure.AGREEMENT_NOISE, Figure.AGREEMENT_NOISE);

  private static final String SECONDS = "_seconds";

  private final Materials materials;
  private final Path answers;

  /**
   * An approach whose teacher's answers to noise are kept in {@code answers}, where the experiment
   * keeps them.
   */
  StudentApproach(Materials materials, Path answers) {
    this.materials = materials;
    this.answers = answers;
  }

  @Override
  public Optional<Classifier> make(Cell cell, CellFolder folder, CellListener listener) {
    if (cell.kind() instanceof ApproachConfig.Direct) {
      Given gold = new Given(materials.texts(cell).train(), Optional.empty());
      return trained(cell, folder, listener, Optional.of(gold));
    }
    if (cell.kind() instanceof ApproachConfig.Distillation) {
      return materials
          .labels(cell, Split.TRAIN, listener)
          .map(labels -> new Given(materials.texts(cell).train(), Optional.of(labels)))
          .flatMap(given -> trained(cell, folder, listener, Optional.of(given)));
    }
    return trained(cell, folder, listener, Optional.empty());
  }

  private Optional<Classifier> trained(
      Cell cell, CellFolder folder, CellListener listener, Optional<Given> given) {
    Steps steps = new Steps(cell.experiment().training(), listener);
    Experiment.Result result =
        Experiments.of(cell.experiment(), folder.run(), answers, steps, given).run(true);
    if (!result.finished()) {
      return Optional.empty();
    }
    long samples = result.step() * cell.experiment().training().batchSize();
    StudentClassifier.Training training =
        new StudentClassifier.Training(
            preparation(result, steps.untilFirst()),
            ((Number) result.metrics().getOrDefault("seconds", 0)).doubleValue(),
            samples,
            answersKept(result),
            onNoise(result.rows()));
    return Optional.of(StudentClassifier.load(cell, folder.run().student(), training));
  }

  /**
   * What the text cost, whenever that was, each apart; and what else this sitting took until its
   * first step.
   */
  private static Map<String, Double> preparation(Experiment.Result result, double untilFirst) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    result.costs().forEach((key, value) -> seconds.put(key.replace(SECONDS, ""), value));
    double other = result.costs().isEmpty() ? untilFirst : untilFirst - result.opening();
    seconds.put("until the first step", Math.max(0, other));
    return seconds;
  }

  private static Costs.@Nullable AnswersKept answersKept(Experiment.Result result) {
    if (result.asked().isEmpty()) {
      return null;
    }
    // A batch drawn ahead of a stop, and not kept, was asked about twice.
    long kept = Math.max(0, result.step() - result.asked().getAsLong());
    return new Costs.AnswersKept(kept, result.step());
  }

  private static Map<Figure, Estimate> onNoise(List<TraceRow> rows) {
    TraceRow last = rows.get(rows.size() - 1);
    Map<Figure, Estimate> figures = new EnumMap<>(Figure.class);
    ON_NOISE.forEach(
        (measure, figure) ->
            last.get(measure).ifPresent(value -> figures.put(figure, Estimate.of(value))));
    return figures;
  }

  /** The run's steps as the bench hears of them. */
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

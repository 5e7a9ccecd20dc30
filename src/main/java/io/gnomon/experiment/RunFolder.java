package io.gnomon.experiment;

import io.gnomon.config.InputException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a run keeps its files, {@code results/<experiment>/<run-id>/}.
 *
 * @param path the folder
 */
public record RunFolder(Path path) {

  /**
   * The folder of a run.
   *
   * @param results root of all runs
   * @param experiment the experiment's name
   * @param runId the run's own name
   */
  public static RunFolder of(Path results, String experiment, String runId) {
    return new RunFolder(results.resolve(experiment).resolve(runId));
  }

  /**
   * The folder of a run that was made before.
   *
   * @throws InputException when it holds none
   */
  public static RunFolder existing(Path path) {
    RunFolder folder = new RunFolder(path);
    if (!Files.isRegularFile(folder.config())) {
      throw new InputException(
          path
              + ": expected a run folder (config.yaml, trace.jsonl, student/), found none; give one"
              + " that 'gnomon run' made, such as results/quickstart/seed-1");
    }
    return folder;
  }

  /** The fully resolved configuration. */
  public Path config() {
    return path.resolve("config.yaml");
  }

  /** Where the run came from. */
  public Path provenance() {
    return path.resolve("provenance.json");
  }

  /** A row a trace step. */
  public Path trace() {
    return path.resolve("trace.jsonl");
  }

  /** The newest complete state. */
  public Path checkpoint() {
    return path.resolve("checkpoint");
  }

  /** The finished student. */
  public Path student() {
    return path.resolve("student");
  }

  /** The final numbers. */
  public Path metrics() {
    return path.resolve("metrics.json");
  }

  /** The plot, without its ending. */
  public Path plot() {
    return path.resolve("angle");
  }

  /** The figures of {@code gnomon evaluate} on a task. */
  public Path evaluation(String task) {
    return path.resolve("evaluation-" + task + ".json");
  }

  /**
   * Refuses a run without a student.
   *
   * @throws InputException when it has none
   */
  public void requireFinished() {
    // Written last: without it the folder is one that a full disk left.
    if (!Files.isRegularFile(student().resolve("config.json"))) {
      throw new InputException(
          path
              + ": expected a finished run with student/, found none; finish it with 'gnomon run"
              + " … --resume'");
    }
  }
}

package io.gnomon.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.Json;
import io.gnomon.config.CalibrationConfig;
import io.gnomon.evaluation.AnswerScores;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a teacher by itself is worth.
 *
 * @param teacher where it was read from: {@code embedded:NAME}, or a folder by its path from the
 *     working directory, or by its name alone where it lies elsewhere
 * @param sha256 of its weights
 * @param modelType its family, as config.json has it
 * @param precision of its products
 * @param device that multiplied them
 * @param sampler lines of the sampler's YAML; absent where no calibration draws from one
 * @param tasks in the order asked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TeacherReport(
    String teacher,
    String sha256,
    String modelType,
    String precision,
    String device,
    @Nullable List<String> sampler,
    List<OfTask> tasks) {

  /**
   * One task.
   *
   * @param split the set's part
   * @param rows texts answered
   * @param maxLength most tokens kept of a text
   * @param calibrations in the order asked
   */
  public record OfTask(
      String task, String split, int rows, int maxLength, List<Calibrated> calibrations) {}

  /**
   * The answers under one calibration.
   *
   * @param calibration as {@code --calibration} takes it
   * @param prior by class, what the answers were divided by; absent for none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Calibrated(
      String calibration, @Nullable Map<String, Double> prior, AnswerScores scores) {}

  /** A calibration in one word: {@code none}, {@code contextual:TEXT}, {@code sampler:SAMPLES}. */
  static String name(CalibrationConfig calibration) {
    if (calibration instanceof CalibrationConfig.Contextual contextual) {
      return "contextual:" + contextual.text();
    }
    return calibration instanceof CalibrationConfig.FromSampler sampler
        ? "sampler:" + sampler.samples()
        : "none";
  }

  /** A folder without the machine that it is on. */
  static String portable(String path, Path workingDirectory) {
    Path given = Path.of(path);
    if (path.startsWith("embedded:") || !given.isAbsolute()) {
      return path;
    }
    Path here = workingDirectory.toAbsolutePath();
    return given.startsWith(here)
        ? here.relativize(given).toString().replace('\\', '/')
        : String.valueOf(given.getFileName());
  }

  /** Writes it as JSON. */
  public void write(Path file) {
    AtomicFiles.writeString(file, Json.write(this));
  }
}

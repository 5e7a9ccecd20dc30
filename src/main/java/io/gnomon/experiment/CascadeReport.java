package io.gnomon.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gnomon.evaluation.Cascade;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a student and its teacher come to together.
 *
 * @param task the task
 * @param calibration which texts temperature and threshold were chosen on
 * @param calibrationTexts their number
 * @param texts number of those that the figures are of
 * @param temperature by which the student's logits are divided
 * @param lossBefore mean negative log-likelihood of the calibration texts at temperature 1
 * @param loss the same at this temperature
 * @param studentAccuracy of the student by itself
 * @param teacherAccuracy of the teacher by itself
 * @param studentMilliseconds a text, tokenizing not included, as measured here
 * @param teacherMilliseconds the same
 * @param points by falling coverage
 * @param wanted accuracy asked for, on the calibration texts
 * @param chosen the threshold for it, with what it comes to; absent where none reaches it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CascadeReport(
    String task,
    String calibration,
    int calibrationTexts,
    int texts,
    double temperature,
    double lossBefore,
    double loss,
    double studentAccuracy,
    double teacherAccuracy,
    double studentMilliseconds,
    double teacherMilliseconds,
    List<Cascade.Point> points,
    double wanted,
    Cascade.@Nullable Point chosen) {
  /** Copies the points. */
  public CascadeReport {
    points = List.copyOf(points);
  }

  /** Milliseconds a text at a point: the student reads all, the teacher what it does not cover. */
  public double milliseconds(Cascade.Point point) {
    return studentMilliseconds + (1 - point.coverage()) * teacherMilliseconds;
  }
}

package io.gnomon.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A student whose teacher is asked where the student is unsure: below a threshold of its largest
 * probability, calibrated.
 */
public final class Cascade {
  private final double[] confidence; // by rising confidence
  private final int[] student; // 1 where right, in the same order
  private final int[] teacher;

  private Cascade(double[] confidence, int[] student, int[] teacher) {
    this.confidence = confidence;
    this.student = student;
    this.teacher = teacher;
  }

  /**
   * One threshold.
   *
   * @param threshold below which the teacher is asked
   * @param coverage share of the texts that the student answers
   * @param accuracy of both together
   * @param accuracyCovered of the student on the texts it answers; absent where these are none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Point(
      double threshold, double coverage, double accuracy, @Nullable Double accuracyCovered) {}

  /**
   * Ranks the texts.
   *
   * @param gold (N) classes
   * @param g (N, K) the teacher's probabilities
   * @param h (N, K) the student's
   * @param temperature of the student's
   */
  public static Cascade of(int[] gold, double[][] g, double[][] h, double temperature) {
    double[] unsorted =
        Arrays.stream(h)
            .mapToDouble(p -> Arrays.stream(Temperature.tempered(p, temperature)).max().orElse(1))
            .toArray();
    int[] order =
        IntStream.range(0, gold.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> unsorted[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] first = Predictions.likeliest(h);
    int[] second = Predictions.likeliest(g);
    return new Cascade(
        Arrays.stream(order).mapToDouble(i -> unsorted[i]).toArray(),
        Arrays.stream(order).map(i -> first[i] == gold[i] ? 1 : 0).toArray(),
        Arrays.stream(order).map(i -> second[i] == gold[i] ? 1 : 0).toArray());
  }

  /** What a threshold comes to. */
  public Point at(double threshold) {
    int asked = 0;
    while (asked < confidence.length && confidence[asked] < threshold) {
      asked++;
    }
    int texts = confidence.length;
    int covered = texts - asked;
    double right = Arrays.stream(student, asked, texts).sum();
    double helped = Arrays.stream(teacher, 0, asked).sum();
    return new Point(
        threshold,
        (double) covered / texts,
        (right + helped) / texts,
        covered == 0 ? null : right / covered);
  }

  /** Thresholds that leave the teacher a growing share, from none to all but the surest texts. */
  public List<Point> curve(int steps) {
    List<Point> points = new ArrayList<>();
    for (int step = 0; step <= steps; step++) {
      Point point = at(threshold((int) Math.round((double) step / steps * confidence.length)));
      // Texts of one confidence go together: then two steps come to the same.
      if (points.isEmpty() || points.get(points.size() - 1).coverage() > point.coverage()) {
        points.add(point);
      }
    }
    return points;
  }

  /**
   * The threshold below which {@code asked} texts are, or as many as the same confidence allows.
   */
  private double threshold(int asked) {
    if (asked == 0) {
      return 0;
    }
    return asked == confidence.length ? 1 : confidence[asked];
  }

  /**
   * The smallest threshold, and so the least asked of the teacher, whose accuracy is at least
   * {@code wanted}; empty where none is.
   */
  public OptionalDouble threshold(double wanted) {
    int right = Arrays.stream(student).sum();
    for (int asked = 0; asked <= confidence.length; asked++) {
      boolean apart =
          asked == 0
              || asked == confidence.length
              || confidence[asked] > confidence[asked - 1]; // else no threshold lies between
      if (apart && right >= wanted * confidence.length - 1e-9) {
        double threshold = threshold(asked);
        if (at(threshold).accuracy() >= wanted - 1e-12) {
          return OptionalDouble.of(threshold);
        }
      }
      if (asked < confidence.length) {
        right += teacher[asked] - student[asked];
      }
    }
    return OptionalDouble.empty();
  }
}

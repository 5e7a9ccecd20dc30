package io.gnomon.inspect;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gnomon.config.InputException;
import io.gnomon.evaluation.Holm;
import io.gnomon.evaluation.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Each label's share in two sets: does one represent the other?
 *
 * @param train name of the first
 * @param test name of the second
 * @param trainRows rows of the first that have a label
 * @param testRows rows of the second that have a label
 * @param labels those that occur in either
 * @param whole the test of all labels at once; null where a text may have several, whose counts do
 *     not add up
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Shares(
    String train,
    String test,
    int trainRows,
    int testRows,
    List<Label> labels,
    @Nullable Whole whole) {
  /** Under this a difference is not called chance. */
  public static final double LEVEL = 0.05;

  /**
   * A label.
   *
   * @param difference share in test less share in train
   * @param p of the test named
   * @param adjusted p after Holm's correction for the number of labels
   */
  public record Label(
      String label,
      int trainRows,
      int testRows,
      double trainShare,
      double testShare,
      Interval difference,
      String test,
      double p,
      double adjusted) {
    /** Whether chance does not account for it. */
    public boolean differs() {
      return adjusted < LEVEL;
    }
  }

  /** Pearson's χ² of homogeneity. */
  public record Whole(double chiSquare, int degrees, double p) {}

  static Shares of(LabelSet train, LabelSet test) {
    int m = labelled(train);
    int n = labelled(test);
    int[] first = train.counts();
    int[] second = test.counts();
    int[] found = IntStream.range(0, first.length).filter(k -> first[k] + second[k] > 0).toArray();
    double[] p =
        Arrays.stream(found)
            .mapToDouble(k -> ShareDifference.p(first[k], m, second[k], n))
            .toArray();
    double[] adjusted = Holm.adjust(p);
    List<Label> labels =
        IntStream.range(0, found.length)
            .mapToObj(
                i ->
                    label(
                        train.names().name(found[i]),
                        first[found[i]],
                        m,
                        second[found[i]],
                        n,
                        p[i],
                        adjusted[i]))
            .toList();
    boolean one = !train.several() && !test.several();
    return new Shares(
        train.name(), test.name(), m, n, labels, one ? whole(first, second, found.length) : null);
  }

  private static int labelled(LabelSet set) {
    int rows = (int) IntStream.range(0, set.size()).filter(i -> set.labels(i).length > 0).count();
    if (rows == 0) {
      throw new InputException(
          set.name() + ": expected rows with labels, found none; name their column with --label");
    }
    return rows;
  }

  private static Label label(String name, int x, int m, int y, int n, double p, double adjusted) {
    return new Label(
        name,
        x,
        y,
        (double) x / m,
        (double) y / n,
        ShareDifference.interval(x, m, y, n),
        ShareDifference.test(x, m, y, n) == ShareDifference.Method.FISHER
            ? "Fisher's exact"
            : "chi-square",
        p,
        adjusted);
  }

  private static Whole whole(int[] first, int[] second, int labels) {
    double statistic = ShareDifference.statistic(first, second);
    int degrees = Math.max(1, labels - 1);
    return new Whole(statistic, degrees, ShareDifference.upperTail(statistic, degrees));
  }
}

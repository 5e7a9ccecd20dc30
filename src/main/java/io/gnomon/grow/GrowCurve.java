package io.gnomon.grow;

import io.gnomon.evaluation.Interval;
import java.util.List;

/**
 * What labels bought.
 *
 * @param task the task
 * @param measure {@code accuracy}, or {@code micro-F1} where a text may have several labels
 * @param by who labelled
 * @param pool posts to choose from
 * @param texts test texts that the figures are of
 * @param lines a way to choose each
 */
public record GrowCurve(
    String task, String measure, String by, int pool, int texts, List<Line> lines) {
  /** Copies the lines. */
  public GrowCurve {
    lines = List.copyOf(lines);
  }

  /**
   * One way to choose.
   *
   * @param pick its name
   * @param points by rising number of labels, the student it began with first
   */
  public record Line(String pick, List<Point> points) {
    /** Copies the points. */
    public Line {
      points = List.copyOf(points);
    }
  }

  /**
   * A student.
   *
   * @param labels posts whose labels it was trained on
   * @param score on the test texts, with its bootstrap interval
   */
  public record Point(int labels, Interval score) {}
}

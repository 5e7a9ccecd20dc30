package io.gnomon.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Curves that reach so far above the others that these would lie flat at the foot of their panel:
 * the axis ends above the others, and what a far one ends at is written at its edge.
 */
final class FarCurves {
  /** Axis that the others may be left with before a curve counts as far: less than half of it. */
  private static final double OTHERS = 0.5;

  /**
   * How far a curve reaches.
   *
   * @param end its last point
   */
  record Reach(Color colour, double low, double high, Curve.Point end) {}

  private final List<Reach> near;
  private final List<Reach> far = new ArrayList<>();

  /** Parts the far ones from the near ones; fewer than half can be far. */
  FarCurves(List<Reach> curves) {
    near = new ArrayList<>(curves);
    near.sort(Comparator.comparingDouble(Reach::high));
    while (2 * (far.size() + 1) < curves.size() && lastIsFar()) {
      far.add(near.remove(near.size() - 1));
    }
  }

  private boolean lastIsFar() {
    List<Reach> others = near.subList(0, near.size() - 1);
    double low = others.stream().mapToDouble(Reach::low).min().orElse(0);
    double high = others.stream().mapToDouble(Reach::high).max().orElse(0);
    double whole = near.get(near.size() - 1).high() - low;
    return high - low < OTHERS * whole;
  }

  List<Reach> far() {
    return far;
  }

  double low() {
    return near.stream().mapToDouble(Reach::low).min().orElse(0);
  }

  double high() {
    return near.stream().mapToDouble(Reach::high).max().orElse(1);
  }
}

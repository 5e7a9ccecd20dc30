package io.gnomon.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * One fixed order of a set in which every beginning holds each class in about its share: the rows
 * of a class are shuffled, the r-th of n is placed at (r + ½)/n, and the classes are merged by
 * place.
 */
final class StratifiedOrder {
  /** Fixed, so that a limited set is the same set everywhere. */
  private static final long SEED = 1;

  private StratifiedOrder() {}

  private record Placed(double place, Row row) {}

  static List<Row> of(List<Row> rows) {
    TreeMap<String, List<Row>> classes = new TreeMap<>();
    for (Row row : rows) {
      classes.computeIfAbsent(row.text().labels().get(0), label -> new ArrayList<>()).add(row);
    }
    SplittableRandom random = new SplittableRandom(SEED);
    List<Placed> placed = new ArrayList<>(rows.size());
    for (List<Row> members : classes.values()) {
      shuffle(members, random);
      for (int r = 0; r < members.size(); r++) {
        placed.add(new Placed((r + 0.5) / members.size(), members.get(r)));
      }
    }
    placed.sort(Comparator.comparingDouble(Placed::place)); // stable: ties keep class order
    return placed.stream().map(Placed::row).toList();
  }

  /** Fisher–Yates. */
  private static void shuffle(List<Row> rows, SplittableRandom random) {
    for (int i = rows.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      Row row = rows.get(i);
      rows.set(i, rows.get(j));
      rows.set(j, row);
    }
  }
}

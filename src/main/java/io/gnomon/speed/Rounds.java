package io.gnomon.speed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tasks timed in interleaved rounds: each round runs every task once, every other round in reverse
 * order, so that whatever else the machine does meets all of them alike. A first round, which warms
 * up, is not counted.
 */
final class Rounds {
  private static final double NANO = 1e-9;

  private final List<Task> tasks = new ArrayList<>();

  private record Task(String name, Supplier<double[]> body, List<double[]> found) {}

  /** Adds a task of one phase. */
  Rounds add(String name, Runnable task) {
    return addPhases(
        name,
        () -> {
          long start = System.nanoTime();
          task.run();
          return new double[] {since(start)};
        });
  }

  /** Adds a task that times its own phases, in seconds. */
  Rounds addPhases(String name, Supplier<double[]> task) {
    if (tasks.stream().anyMatch(other -> other.name().equals(name))) {
      throw new IllegalArgumentException("two tasks named " + name);
    }
    tasks.add(new Task(name, task, new ArrayList<>()));
    return this;
  }

  /**
   * Runs them.
   *
   * @param rounds how many are counted
   * @param progress told each round's number, 0 for the one that warms up
   */
  Map<String, Series> run(int rounds, Consumer<Integer> progress) {
    for (int round = 0; round <= rounds; round++) {
      progress.accept(round);
      List<Task> order = new ArrayList<>(tasks);
      if (round % 2 == 1) {
        Collections.reverse(order);
      }
      for (Task task : order) {
        double[] phases = task.body().get();
        if (round > 0) {
          task.found().add(phases);
        }
      }
    }
    Map<String, Series> series = new LinkedHashMap<>();
    tasks.forEach(task -> series.put(task.name(), new Series(List.copyOf(task.found()))));
    return series;
  }

  static double since(long start) {
    return (System.nanoTime() - start) * NANO;
  }
}

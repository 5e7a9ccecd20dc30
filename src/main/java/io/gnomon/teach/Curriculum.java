package io.gnomon.teach;

import io.gnomon.tensor.Seeds;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Which texts each step sees: a pure function of the seed, so that a resumed run meets the same.
 *
 * <p>A lesson is drawn by weight. Within a lesson every epoch is a fresh permutation; inside chunks
 * of some batches texts are sorted by length, so that little of a batch is padding, and the batches
 * of a chunk come in random order.
 */
final class Curriculum {
  private static final int CHUNK = 40;

  private final List<Lesson> lessons;
  private final long seed;
  private final int[] lessonOf;
  private final int[] visit;
  private final Map<Long, int[]> orders = new HashMap<>();

  Curriculum(List<Lesson> lessons, long seed, int steps) {
    this.lessons = lessons;
    this.seed = seed;
    this.lessonOf = new int[steps];
    this.visit = new int[steps];
    plan(steps);
  }

  private void plan(int steps) {
    double[] weights = lessons.stream().mapToDouble(l -> l.config().weight()).toArray();
    double total = IntStream.range(0, weights.length).mapToDouble(i -> weights[i]).sum();
    int[] visits = new int[weights.length];
    SplittableRandom random = Seeds.random(seed, "curriculum", 0);
    for (int step = 0; step < steps; step++) {
      double draw = random.nextDouble() * total;
      int lesson = 0;
      while (lesson < weights.length - 1 && draw >= weights[lesson]) {
        draw -= weights[lesson++];
      }
      lessonOf[step] = lesson;
      visit[step] = visits[lesson]++;
    }
  }

  /** The lesson of {@code step}, counted from 0. */
  Lesson lesson(int step) {
    return lessons.get(lessonOf[step]);
  }

  /** Rows of the lesson that {@code step} sees. */
  int[] rows(int step) {
    int lesson = lessonOf[step];
    int size = lessons.get(lesson).texts().size();
    int batch = Math.min(lessons.get(lesson).config().batchSize(), size);
    int perEpoch = size / batch;
    long epoch = visit[step] / perEpoch;
    int[] order = order(lesson, epoch, batch);
    int first = visit[step] % perEpoch * batch;
    return IntStream.range(first, first + batch).map(i -> order[i]).toArray();
  }

  private int[] order(int lesson, long epoch, int batch) {
    long key = (epoch << 16) | lesson;
    int[] known = orders.get(key);
    if (known == null) {
      orders.keySet().removeIf(other -> (other & 0xFFFF) == lesson);
      known = bucketed(lesson, epoch, batch);
      orders.put(key, known);
    }
    return known;
  }

  private int[] bucketed(int lesson, long epoch, int batch) {
    List<long[]> texts = lessons.get(lesson).texts();
    SplittableRandom random = Seeds.random(seed, "epoch." + lesson, epoch);
    // What fills no batch is left out before sorting, or it would be the longest texts every time.
    int[] order = Arrays.copyOf(permutation(texts.size(), random), texts.size() / batch * batch);
    int chunk = CHUNK * batch;
    for (int start = 0; start < order.length; start += chunk) {
      sortByLength(order, start, Math.min(order.length, start + chunk), texts);
    }
    int[] batches = permutation(order.length / batch, random);
    int[] shuffled = new int[batches.length * batch];
    for (int i = 0; i < batches.length; i++) {
      System.arraycopy(order, batches[i] * batch, shuffled, i * batch, batch);
    }
    return shuffled;
  }

  private static void sortByLength(int[] order, int start, int end, List<long[]> texts) {
    int[] sorted =
        IntStream.range(start, end)
            .mapToObj(i -> order[i])
            .sorted(Comparator.comparingInt((Integer row) -> texts.get(row).length))
            .mapToInt(Integer::intValue)
            .toArray();
    System.arraycopy(sorted, 0, order, start, sorted.length);
  }

  private static int[] permutation(int size, SplittableRandom random) {
    int[] order = IntStream.range(0, size).toArray();
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    return order;
  }
}

package io.gnomon.teach;

import io.gnomon.tensor.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Which texts each step sees: a pure function of the seed, so that a resumed run meets the same.
 *
 * <p>A lesson is drawn by weight. Within a lesson every epoch is a fresh permutation of its {@link
 * Examples}; inside chunks of some batches they are sorted by length, so that little of a batch is
 * padding, and the batches come in random order.
 */
final class BatchSchedule {
  private static final int CHUNK = 40;

  private final List<Lesson> lessons;
  private final long seed;
  private final int[] lessonOf;
  private final int[] visit;
  private final Map<Long, List<Example>> epochs = new HashMap<>();

  BatchSchedule(List<Lesson> lessons, long seed, int steps) {
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

  /** What of its lesson {@code step} sees. */
  List<Example> examples(int step) {
    int lesson = lessonOf[step];
    int size = lessons.get(lesson).examples().size();
    int batch = Math.min(lessons.get(lesson).config().batchSize(), size);
    int perEpoch = size / batch;
    int first = visit[step] % perEpoch * batch;
    return epoch(lesson, visit[step] / perEpoch, batch).subList(first, first + batch);
  }

  private List<Example> epoch(int lesson, long epoch, int batch) {
    long key = (epoch << 16) | lesson;
    List<Example> known = epochs.get(key);
    if (known == null) {
      epochs.keySet().removeIf(other -> (other & 0xFFFF) == lesson);
      known = bucketed(lesson, epoch, batch);
      epochs.put(key, known);
    }
    return known;
  }

  private List<Example> bucketed(int lesson, long epoch, int batch) {
    SplittableRandom random = Seeds.random(seed, "epoch." + lesson, epoch);
    List<Example> order = new ArrayList<>(lessons.get(lesson).examples().epoch(random));
    shuffle(order, random);
    // What fills no batch is left out before sorting, or it would be the longest texts every time.
    order.subList(order.size() / batch * batch, order.size()).clear();
    List<List<Example>> batches = new ArrayList<>();
    int chunk = CHUNK * batch;
    for (int start = 0; start < order.size(); start += chunk) {
      List<Example> part = order.subList(start, Math.min(order.size(), start + chunk));
      part.sort(Comparator.comparingInt(BatchSchedule::length));
      for (int at = 0; at < part.size(); at += batch) {
        batches.add(List.copyOf(part.subList(at, at + batch)));
      }
    }
    shuffle(batches, random);
    return batches.stream().flatMap(List::stream).toList();
  }

  private static int length(Example example) {
    return example.text().length + example.suffix().length;
  }

  private static <T> void shuffle(List<T> list, SplittableRandom random) {
    for (int i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, random.nextInt(i + 1));
    }
  }
}

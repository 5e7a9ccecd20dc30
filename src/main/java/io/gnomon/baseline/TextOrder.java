package io.gnomon.baseline;

import io.gnomon.tensor.Seeds;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which texts each batch holds: a pure function of the seed and the batch's number.
 *
 * <p>Epochs, each a fresh permutation of all texts, follow on one another without a gap. Of this
 * stream a stretch of some batches is sorted by length and cut, so that little of a batch is
 * padding, and the batches of a stretch come in random order. A stretch is a part of an epoch: of a
 * whole one, sorted, the same texts would come together every time.
 */
final class TextOrder {
  /** Batches of a stretch at most. */
  private static final int STRETCH = 32;

  /** Stretches of an epoch at least, where it has batches enough. */
  private static final int SHARE = 4;

  private final int[] lengths;
  private final int size;
  private final long seed;
  private final int batches;
  private volatile @Nullable Stretch last;

  /** Batches cut from one stretch. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Stretch(long number, int[][] batches) {}

  /**
   * An order of texts.
   *
   * @param lengths tokens of each text
   * @param size B, texts a batch
   */
  TextOrder(int[] lengths, int size, long seed) {
    this.lengths = lengths;
    this.size = size;
    this.seed = seed;
    this.batches = Math.max(1, Math.min(STRETCH, lengths.length / (SHARE * size)));
  }

  /** The B texts of batch {@code index}; one twice only where an epoch ends within the stretch. */
  int[] rows(long index) {
    long number = index / batches;
    Stretch stretch = last;
    if (stretch == null || stretch.number() != number) {
      stretch = new Stretch(number, stretch(number));
      last = stretch; // of several threads each finds or makes the same
    }
    return stretch.batches()[(int) (index % batches)];
  }

  private int[][] stretch(long number) {
    int[] rows = stream(number * batches * size, batches * size);
    int[] sorted =
        IntStream.of(rows)
            .boxed()
            .sorted(Comparator.comparingInt((Integer row) -> lengths[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    return IntStream.of(permutation(batches, Seeds.random(seed, "batches", number)))
        .mapToObj(batch -> Arrays.copyOfRange(sorted, batch * size, (batch + 1) * size))
        .toArray(int[][]::new);
  }

  /** {@code count} texts of the endless stream from place {@code first} on. */
  private int[] stream(long first, int count) {
    int[] rows = new int[count];
    long epoch = -1;
    int[] order = {};
    for (int i = 0; i < count; i++) {
      long place = first + i;
      if (place / lengths.length != epoch) {
        epoch = place / lengths.length;
        order = permutation(lengths.length, Seeds.random(seed, "epoch", epoch));
      }
      rows[i] = order[(int) (place % lengths.length)];
    }
    return rows;
  }

  /** Fisher–Yates. */
  private static int[] permutation(int count, SplittableRandom random) {
    int[] order = IntStream.range(0, count).toArray();
    for (int i = count - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    return order;
  }
}

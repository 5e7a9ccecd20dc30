package io.gnomon.serve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Texts in batches of like length, so that little of a batch is padding. */
final class LengthBatches {
  private LengthBatches() {}

  /**
   * Numbers of the texts, batch by batch, each in exactly one.
   *
   * @param lengths tokens of each text
   * @param rows most texts of a batch
   * @param tokens most tokens of a batch, padding included, but for a text that is longer by itself
   */
  static List<int[]> of(int[] lengths, int rows, int tokens) {
    int[] order =
        IntStream.range(0, lengths.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> lengths[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    List<int[]> batches = new ArrayList<>();
    int first = 0;
    while (first < order.length) {
      int end = first + 1;
      while (end < order.length
          && end - first < rows
          && (end - first + 1) * (long) lengths[order[end]] <= tokens) {
        end++;
      }
      batches.add(Arrays.copyOfRange(order, first, end));
      first = end;
    }
    return batches;
  }
}

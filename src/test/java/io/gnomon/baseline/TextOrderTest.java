package io.gnomon.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextOrderTest {
  private static int[] lengths(int count) {
    SplittableRandom random = new SplittableRandom(3);
    return IntStream.range(0, count).map(i -> 1 + random.nextInt(97)).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    // texts, texts a batch; the last has fewer than a batch
    "1013, 7",
    "101, 3",
    "31, 17",
    "5, 11"
  })
  void everyTextComesAsOftenAsAnyOther(int texts, int size) {
    TextOrder order = new TextOrder(lengths(texts), size, 5);
    // so many batches make whole epochs
    List<Integer> seen =
        LongStream.range(0, 64L * texts)
            .boxed()
            .flatMap(index -> Arrays.stream(order.rows(index)).boxed())
            .toList();
    assertEquals(64 * texts * size, seen.size());
    Map<Integer, Long> counts =
        seen.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertEquals(texts, counts.size());
    assertEquals(1, counts.values().stream().distinct().count(), counts::toString);
  }

  @Test
  void aBatchIsAFunctionOfItsNumber() {
    TextOrder straight = new TextOrder(lengths(211), 7, 5);
    TextOrder jumping = new TextOrder(lengths(211), 7, 5);
    for (long index : new long[] {97, 3, 1_000_003, 4, 96}) {
      assertArrayEquals(straight.rows(index), jumping.rows(index).clone());
      jumping.rows(index + 500);
    }
    int[] other = new TextOrder(lengths(211), 7, 6).rows(97);
    assertTrue(!Arrays.equals(straight.rows(97), other));
  }

  @Test
  void textsOfALengthComeTogetherAndBatchesOfAllLengthsMixed() {
    int[] lengths = lengths(1013);
    TextOrder order = new TextOrder(lengths, 7, 5);
    double padding = 0;
    double tokens = 0;
    int rising = 0;
    int before = 0;
    for (int index = 0; index < 144; index++) {
      int[] batch = Arrays.stream(order.rows(index)).map(row -> lengths[row]).toArray();
      int longest = Arrays.stream(batch).max().orElseThrow();
      tokens += Arrays.stream(batch).sum();
      padding += Arrays.stream(batch).map(length -> longest - length).sum();
      rising += longest > before ? 1 : 0;
      before = longest;
    }
    assertTrue(padding / tokens < 0.05, "padding " + padding / tokens);
    // sorted batches would rise all the time; shuffled ones do every other time
    assertTrue(rising > 50 && rising < 94, "rising " + rising);
  }

  @Test
  void thoseThatComeTogetherDifferFromEpochToEpoch() {
    TextOrder order = new TextOrder(lengths(14), 7, 5);
    long together =
        IntStream.range(0, 9)
            .mapToObj(epoch -> Arrays.toString(sorted(order.rows(2L * epoch))))
            .distinct()
            .count();
    assertEquals(9, together);
  }

  private static int[] sorted(int[] rows) {
    return Arrays.stream(rows).sorted().toArray();
  }
}

package io.gnomon.export;

import io.gnomon.teacher.TokenBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Batches of token sequences, among which there may be empty ones. */
final class TokenRows {
  private TokenRows() {}

  /** One batch; a batch of nothing but empty rows has one place of padding. */
  static TokenBatch batch(List<long[]> rows) {
    TokenBatch batch = TokenBatch.of(rows);
    if (Arrays.stream(batch.lengths()).max().orElse(0) > 0) {
      return batch;
    }
    return new TokenBatch(new long[rows.size()][1], batch.lengths());
  }

  /** Batches of {@code size} in the order given, whatever the lengths. */
  static List<TokenBatch> inOrder(List<long[]> rows, int size) {
    List<TokenBatch> batches = new ArrayList<>();
    for (int first = 0; first < rows.size(); first += size) {
      batches.add(batch(rows.subList(first, Math.min(rows.size(), first + size))));
    }
    return batches;
  }

  /** The rows without their padding. */
  static long[][] rows(TokenBatch batch) {
    return IntStream.range(0, batch.ids().length)
        .mapToObj(row -> Arrays.copyOf(batch.ids()[row], batch.lengths()[row]))
        .toArray(long[][]::new);
  }
}

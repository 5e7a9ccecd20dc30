package io.gnomon.teacher;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A token that may come next.
 *
 * @param id its id
 * @param logit what the model gives it, before softmax
 */
public record NextToken(int id, float logit) {
  /**
   * The likeliest tokens, best first; of equal ones the lower id first.
   *
   * @param logits one a token of the vocabulary
   * @param count how many; fewer where the vocabulary has fewer
   */
  public static List<NextToken> likeliest(float[] logits, int count) {
    return IntStream.range(0, logits.length)
        .mapToObj(id -> new NextToken(id, logits[id]))
        .sorted(Comparator.comparingDouble((NextToken token) -> -token.logit()))
        .limit(count)
        .toList();
  }
}

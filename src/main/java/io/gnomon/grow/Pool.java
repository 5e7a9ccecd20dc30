package io.gnomon.grow;

import io.gnomon.config.InputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Posts to choose from: each text once, none blank or without a token, and none of the test texts.
 *
 * @param texts the posts
 * @param dropped how many were left out
 */
record Pool(List<String> texts, int dropped) {
  /**
   * The pool of {@code posts}.
   *
   * @param readable whether the student's tokenizer makes a token of a text
   * @throws InputException when none is left
   */
  static Pool of(List<String> posts, List<String> test, Predicate<String> readable) {
    Set<String> tested = new HashSet<>();
    test.forEach(text -> tested.add(text.strip()));
    Set<String> kept = new LinkedHashSet<>();
    for (String post : posts) {
      String text = post.strip(); // as labelled sets are read
      if (!text.isEmpty() && !tested.contains(text) && readable.test(text)) {
        kept.add(text);
      }
    }
    if (kept.isEmpty()) {
      throw new InputException(
          "POSTS: expected posts that are neither empty, nor without a token, nor among the test texts, found none of "
              + posts.size()
              + "; give others");
    }
    return new Pool(new ArrayList<>(kept), posts.size() - kept.size());
  }
}

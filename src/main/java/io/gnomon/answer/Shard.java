package io.gnomon.answer;

import io.gnomon.config.InputException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A share of all batches: those whose number leaves {@code index} when divided by {@code count}.
 *
 * @param index from 0
 * @param count how many shares there are
 */
public record Shard(int index, int count) {
  /** Everything. */
  public static final Shard WHOLE = new Shard(0, 1);

  private static final Pattern TEXT = Pattern.compile("(\\d{1,6})/(\\d{1,6})");
  private static final Pattern NAME = Pattern.compile("shard-(\\d{1,6})-of-(\\d{1,6})");
  private static final String WHOLE_NAME = "whole";

  /**
   * A shard as {@code i/n}.
   *
   * @throws InputException when it is not so written, or i is not below n
   */
  public static Shard parse(String text) {
    return of(TEXT.matcher(text))
        .orElseThrow(
            () ->
                new InputException(
                    "--shard: expected i/n with i from 0 to n − 1, such as 0/4, found '"
                        + text
                        + "'; number the shards from 0"));
  }

  /** The shard whose folder has this name; empty for other folders. */
  static Optional<Shard> named(String name) {
    return name.equals(WHOLE_NAME) ? Optional.of(WHOLE) : of(NAME.matcher(name));
  }

  private static Optional<Shard> of(Matcher matcher) {
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Shard shard = new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    return shard.index < shard.count ? Optional.of(shard) : Optional.empty();
  }

  /** Whether batch {@code number} is of this share. */
  public boolean holds(long number) {
    return number % count == index;
  }

  /** Whether there is but one share. */
  public boolean whole() {
    return count == 1;
  }

  /** Name of its folder. */
  String folder() {
    return whole() ? WHOLE_NAME : "shard-" + index + "-of-" + count;
  }

  @Override
  public String toString() {
    return index + "/" + count;
  }
}

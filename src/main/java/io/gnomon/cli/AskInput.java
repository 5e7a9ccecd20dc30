package io.gnomon.cli;

import io.gnomon.config.InputException;
import io.gnomon.teacher.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One input of {@code gnomon ask} as tokens.
 *
 * @param name how a message calls it
 * @param text as given; null where ids were given
 * @param ids its tokens
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of ids, never compared
record AskInput(String name, @Nullable String text, long[] ids) {
  private static final int SHOWN = 40;

  /**
   * A text under {@code tokenizer}.
   *
   * @param number of the text, from 1
   * @param opens whether it opens the sequence, rather than follow a prompt
   */
  static AskInput text(String text, int number, boolean opens, Tokenizer tokenizer) {
    String name = "text " + number;
    if (text.isBlank() || tokenizer.encode(text).length == 0) {
      throw new InputException(
          name
              + ": expected a text of at least one token, found "
              + (text.isEmpty() ? "an empty one" : "blanks alone")
              + "; give a text, or --ids");
    }
    return new AskInput(name, text, opens ? tokenizer.encodeOpening(text) : tokenizer.encode(text));
  }

  /** Ids as {@code --ids} has them: numbers separated by commas. */
  static AskInput ids(String list) {
    String name = "--ids " + (list.length() <= SHOWN ? list : list.substring(0, SHOWN) + "…");
    List<Long> ids = new ArrayList<>();
    for (String part : list.split(",", -1)) {
      if (!part.strip().matches("[0-9]{1,18}")) {
        throw new InputException(
            name
                + ": expected token ids separated by commas, found '"
                + part.strip()
                + "'; write them as --ids 1,2,3");
      }
      ids.add(Long.parseLong(part.strip()));
    }
    return new AskInput(name, null, ids.stream().mapToLong(Long::longValue).toArray());
  }

  /** Refuses an id outside the vocabulary. */
  void requireBelow(int vocabulary) {
    for (long id : ids) {
      if (id >= vocabulary) {
        throw new InputException(
            String.format(
                "%s: expected ids from 0 to %d, the teacher's vocabulary, found %d; %s",
                name,
                vocabulary - 1,
                id,
                text == null ? "mend the id" : "take the tokenizer.json of this very model"));
      }
    }
  }

  /** Refuses more tokens than the teacher has positions for beside a prompt of its own. */
  void requireAtMost(int positions, int prompt) {
    if (ids.length > positions - prompt) {
      String room =
          "the teacher's "
              + positions
              + " positions"
              + (prompt == 0 ? "" : " − " + prompt + " of the prompt");
      String characters = text == null ? "" : " of " + text.length() + " characters";
      throw new InputException(
          String.format(
              "%s: expected at most %d tokens (%s), found %d%s; shorten it",
              name, Math.max(0, positions - prompt), room, ids.length, characters));
    }
  }
}

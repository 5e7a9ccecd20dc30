package io.gnomon.teacher;

import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Label words as tokens (Eq. 13): each word becomes its first token in context, behind the suffix
 * and one space.
 *
 * @param classes class names in order
 * @param words all words, class by class
 */
public record Verbalizer(List<String> classes, List<LabelWord> words) {

  /**
   * The verbalizer of {@code task} under {@code tokenizer}; {@link #conflicts} may be non-empty.
   *
   * @throws InputException when the tokenizer leaves nothing of a word
   */
  public static Verbalizer of(TaskConfig task, Tokenizer tokenizer) {
    List<LabelWord> words = new ArrayList<>();
    for (Map.Entry<String, List<String>> entry : task.classes().entrySet()) {
      for (String word : entry.getValue()) {
        long[] ids = inContext(task.prompt().suffix(), word, tokenizer);
        if (ids.length == 0) {
          throw new InputException(
              String.format(
                  "task %s: expected label words of a token or more, found '%s' (%s), of which the"
                      + " tokenizer leaves nothing; take another word",
                  task.name(), word, entry.getKey()));
        }
        words.add(new LabelWord(entry.getKey(), word, ids[0], ids.length));
      }
    }
    return new Verbalizer(List.copyOf(task.classes().keySet()), List.copyOf(words));
  }

  private static long[] inContext(String suffix, String word, Tokenizer tokenizer) {
    boolean spaced =
        suffix.isEmpty() || !Character.isWhitespace(suffix.charAt(suffix.length() - 1));
    String joined = spaced ? " " + word : word;
    long[] before = tokenizer.encode(suffix);
    long[] whole = tokenizer.encode(suffix + joined);
    boolean continues =
        whole.length > before.length && Arrays.equals(before, Arrays.copyOf(whole, before.length));
    // Where the word melts into the suffix's last token, its tokens standing alone are the nearest.
    return continues
        ? Arrays.copyOfRange(whole, before.length, whole.length)
        : tokenizer.encode(joined);
  }

  /**
   * Words whose first token also begins a word of another class: no read-out can tell them apart.
   */
  public List<List<LabelWord>> conflicts() {
    List<List<LabelWord>> conflicts = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      for (int j = i + 1; j < words.size(); j++) {
        LabelWord a = words.get(i);
        LabelWord b = words.get(j);
        if (a.token() == b.token() && !a.className().equals(b.className())) {
          conflicts.add(List.of(a, b));
        }
      }
    }
    return conflicts;
  }

  /**
   * Refuses words of {@code task} that no read-out can tell apart.
   *
   * @throws InputException when {@link #conflicts} is not empty
   */
  public void requireDistinct(TaskConfig task) {
    List<List<LabelWord>> conflicts = conflicts();
    if (!conflicts.isEmpty()) {
      throw new InputException("task " + task.name() + ": " + describe(conflicts.get(0)));
    }
  }

  private static String describe(List<LabelWord> conflict) {
    LabelWord a = conflict.get(0);
    LabelWord b = conflict.get(1);
    return String.format(
        "words '%s' (%s) and '%s' (%s) begin with the same token %d; expected a first token of its"
            + " own for each class; change one word",
        a.word(), a.className(), b.word(), b.className(), a.token());
  }

  /**
   * A line on the first word whose token a model of {@code vocabulary} tokens does not have: then
   * tokenizer and model are of different checkpoints. Empty when all is well.
   */
  public Optional<String> beyond(int vocabulary) {
    return words.stream()
        .filter(word -> word.token() >= vocabulary)
        .findFirst()
        .map(
            word ->
                String.format(
                    "a tokenizer that gives the word '%s' the token %d beside a model of %d tokens",
                    word.word(), word.token(), vocabulary));
  }

  /** Words of several tokens, of which only the first is read. */
  public List<LabelWord> truncated() {
    return words.stream().filter(word -> word.pieces() > 1).toList();
  }

  /** A line for each of {@link #truncated}, naming the word and what is read of it. */
  public List<String> warnings(Tokenizer tokenizer) {
    return truncated().stream()
        .map(
            word ->
                String.format(
                    "the word '%s' (%s) has %d tokens, of which only the first, '%s', is read",
                    word.word(), word.className(), word.pieces(), tokenizer.token(word.token())))
        .toList();
  }

  /** {@link #warnings(Tokenizer)} of each question of {@code task}, each line once. */
  public static List<String> warnings(TaskConfig task, Tokenizer tokenizer) {
    return task.questions().stream()
        .flatMap(asked -> of(asked, tokenizer).warnings(tokenizer).stream())
        .distinct()
        .toList();
  }

  /**
   * The tokens that stand for each class in the embedding table, in class order: its words' first
   * ones, or all of a label's phrase where the words are yes and no.
   */
  public static List<int[]> classTokens(TaskConfig task, Tokenizer tokenizer) {
    if (!task.multiLabel()) {
      return of(task, tokenizer).tokens();
    }
    return task.classes().values().stream()
        .map(phrase -> Arrays.stream(tokenizer.encode(" " + phrase.get(0))).distinct())
        .map(ids -> ids.mapToInt(Math::toIntExact).toArray())
        .toList();
  }

  /** The tokens of each class's words, in class order; without repetition. */
  private List<int[]> tokens() {
    return classes.stream()
        .map(
            name ->
                words.stream()
                    .filter(word -> word.className().equals(name))
                    .mapToInt(word -> (int) word.token())
                    .distinct()
                    .toArray())
        .toList();
  }

  /** The words of class {@code index}, as positions in {@link #words}. */
  int[] span(int index) {
    String name = classes.get(index);
    int first = 0;
    while (!words.get(first).className().equals(name)) {
      first++;
    }
    int end = first;
    while (end < words.size() && words.get(end).className().equals(name)) {
      end++;
    }
    return new int[] {first, end};
  }
}

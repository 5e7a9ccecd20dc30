package io.gnomon.teach;

import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.config.TeachConfig.LessonConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.teacher.LabelWord;
import io.gnomon.teacher.Tokenizer;
import io.gnomon.teacher.Verbalizer;
import java.util.ArrayList;
import java.util.List;

/** One task in the teacher's own tokens: its prompt, its words, and what it has to teach. */
final class Lesson {
  private final LessonConfig config;
  private final long[] prefix;
  private final Examples examples;
  private final List<long[]> words;

  private Lesson(LessonConfig config, long[] prefix, Examples examples, List<long[]> words) {
    this.config = config;
    this.prefix = prefix;
    this.examples = examples;
    this.words = words;
  }

  /**
   * Encodes {@code set} for {@code config}.
   *
   * @param maxPositions positions the model has
   * @throws InputException when prompt and text overrun the positions, or two classes share a token
   */
  static Lesson of(LessonConfig config, LabelledSet set, Tokenizer tokenizer, int maxPositions) {
    TaskConfig task = config.task();
    List<TaskConfig> asked = task.questions();
    List<Verbalizer> verbalizers = asked.stream().map(one -> verbalizer(one, tokenizer)).toList();
    List<long[]> suffixes =
        asked.stream().map(one -> tokenizer.encode(one.prompt().suffix())).toList();
    long[] prefix = tokenizer.encodeOpening(task.prompt().prefix());
    int longest = suffixes.stream().mapToInt(suffix -> suffix.length).max().orElse(0);
    fits(config, prefix.length + longest, maxPositions);
    List<long[]> texts = texts(set, tokenizer);
    List<String> classes = List.copyOf(task.classes().keySet());
    Examples examples =
        task.multiLabel()
            ? new LabelExamples(texts, suffixes, set.classIndicators(classes))
            : new ClassExamples(texts, suffixes.get(0), set.classIndices(classes));
    return new Lesson(config, prefix, examples, words(verbalizers.get(0)));
  }

  private static List<long[]> texts(LabelledSet set, Tokenizer tokenizer) {
    List<long[]> texts = new ArrayList<>(set.size());
    for (int row = 0; row < set.size(); row++) {
      long[] ids = tokenizer.encode(set.rows().get(row).text());
      if (ids.length == 0) {
        throw new InputException(
            set.where(row)
                + ": expected a text of a token or more, found one of which the tokenizer leaves"
                + " nothing; drop the row");
      }
      texts.add(ids);
    }
    return texts;
  }

  private static Verbalizer verbalizer(TaskConfig task, Tokenizer tokenizer) {
    Verbalizer verbalizer = Verbalizer.of(task, tokenizer);
    verbalizer.requireDistinct(task);
    return verbalizer;
  }

  private static void fits(LessonConfig config, int prompt, int maxPositions) {
    int longest = prompt + config.maxLength();
    if (longest > maxPositions) {
      throw new InputException(
          "lesson %s: prompt and text take %d positions, the model has %d; lower max_length to %d"
              .formatted(config.task().name(), longest, maxPositions, maxPositions - prompt));
    }
  }

  private static List<long[]> words(Verbalizer verbalizer) {
    return verbalizer.classes().stream()
        .map(
            name ->
                verbalizer.words().stream()
                    .filter(word -> word.className().equals(name))
                    .mapToLong(LabelWord::token)
                    .distinct()
                    .toArray())
        .toList();
  }

  LessonConfig config() {
    return config;
  }

  long[] prefix() {
    return prefix;
  }

  /** What it has to teach, an epoch at a time. */
  Examples examples() {
    return examples;
  }

  /** Token ids of the words of class {@code k}; of a multi-label task, yes is 0 and no is 1. */
  long[] words(int k) {
    return words.get(k);
  }
}

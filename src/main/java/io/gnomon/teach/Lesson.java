package io.gnomon.teach;

import io.gnomon.config.InputException;
import io.gnomon.config.TeachConfig.LessonConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.data.LabelledText;
import io.gnomon.teacher.LabelWord;
import io.gnomon.teacher.Teacher;
import io.gnomon.teacher.Tokenizer;
import io.gnomon.teacher.Verbalizer;
import java.util.ArrayList;
import java.util.List;

/** One task in the teacher's own tokens: its prompt, its words, and its labelled texts. */
final class Lesson {
  private final LessonConfig config;
  private final long[] prefix;
  private final long[] suffix;
  private final List<long[]> texts;
  private final int[] labels;
  private final List<long[]> words;

  private Lesson(
      LessonConfig config,
      long[] prefix,
      long[] suffix,
      List<long[]> texts,
      int[] labels,
      List<long[]> words) {
    this.config = config;
    this.prefix = prefix;
    this.suffix = suffix;
    this.texts = texts;
    this.labels = labels;
    this.words = words;
  }

  /**
   * Encodes {@code set} for {@code config}.
   *
   * @param maxPositions positions the model has
   * @throws InputException when prompt and text overrun the positions, or two classes share a token
   */
  static Lesson of(LessonConfig config, LabelledSet set, Tokenizer tokenizer, int maxPositions) {
    Verbalizer verbalizer = Verbalizer.of(config.task(), tokenizer);
    if (!verbalizer.conflicts().isEmpty()) {
      throw new InputException(
          "task " + config.task().name() + ": " + Teacher.describe(verbalizer.conflicts().get(0)));
    }
    long[] prefix = tokenizer.encodeOpening(config.task().prompt().prefix());
    long[] suffix = tokenizer.encode(config.task().prompt().suffix());
    int longest = prefix.length + config.maxLength() + suffix.length;
    if (longest > maxPositions) {
      throw new InputException(
          "lesson %s: prompt and text take %d positions, the model has %d; lower max_length to %d"
              .formatted(
                  config.task().name(),
                  longest,
                  maxPositions,
                  maxPositions - prefix.length - suffix.length));
    }
    List<long[]> texts = new ArrayList<>(set.size());
    for (LabelledText row : set.rows()) {
      texts.add(tokenizer.encode(row.text()));
    }
    return new Lesson(
        config, prefix, suffix, texts, set.classIndices(verbalizer.classes()), words(verbalizer));
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

  long[] suffix() {
    return suffix;
  }

  /** The texts' ids, a row each, whole. */
  List<long[]> texts() {
    return texts;
  }

  /** The class of text {@code row}. */
  int label(int row) {
    return labels[row];
  }

  /** Token ids of the words of class {@code k}. */
  long[] words(int k) {
    return words.get(k);
  }
}

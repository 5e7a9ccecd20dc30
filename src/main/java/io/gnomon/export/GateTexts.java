package io.gnomon.export;

import io.gnomon.config.DataConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.data.LabelledSets;
import io.gnomon.data.LabelledText;
import io.gnomon.teacher.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/**
 * The texts that an export is judged on: a list that ships with the program, real sentences and
 * awkward ones (empty, one token, the longest, emoji, many scripts), and the task's own labelled
 * texts where they are at hand.
 *
 * @param list the first kind
 * @param task the second; empty where there are none
 * @param gold which labels each of those has, (N, K)
 * @param missing why there are none of the second kind; empty where there are
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of texts, never compared
record GateTexts(List<String> list, List<String> task, boolean[][] gold, String missing) {
  private static final String RESOURCE = "gate-texts.jsonl";
  private static final String SENTENCE = "The longest text of all goes on and on. ";

  /**
   * Reads both.
   *
   * @param limit of the task's texts; 0 takes all
   * @param maxLength tokens; a text of more is made
   */
  static GateTexts of(
      TaskConfig task, List<String> labels, Tokenizer tokenizer, int limit, int maxLength) {
    List<String> list = new ArrayList<>(listed());
    list.add(longest(tokenizer, maxLength));
    DataConfig data = task.data();
    if (data == null) {
      return new GateTexts(list, List.of(), new boolean[0][], "the task names no labelled set");
    }
    try {
      LabelledSet all = LabelledSets.read(data);
      LabelledSet set = task.multiLabel() ? all : all.withOneLabel();
      LabelledSet part = limit == 0 ? set : set.limit(limit);
      List<String> texts = part.rows().stream().map(LabelledText::text).toList();
      return new GateTexts(list, texts, part.classIndicators(labels), "");
    } catch (InputException e) {
      // Not the user's mistake: a student may be exported where its data is not.
      return new GateTexts(
          list, List.of(), new boolean[0][], Objects.requireNonNull(e.getMessage()));
    }
  }

  private static List<String> listed() {
    try (InputStream in = GateTexts.class.getResourceAsStream(RESOURCE)) {
      String lines = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return lines.lines().map(line -> JsonMapper.shared().readTree(line).asString()).toList();
    } catch (IOException e) {
      throw new IllegalStateException(RESOURCE + ": cannot be read", e);
    }
  }

  /** More tokens than are read. */
  private static String longest(Tokenizer tokenizer, int maxLength) {
    int tokens = Math.max(1, tokenizer.encode(SENTENCE).length);
    return SENTENCE.repeat(maxLength / tokens + 2);
  }
}

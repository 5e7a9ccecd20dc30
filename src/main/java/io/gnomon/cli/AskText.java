package io.gnomon.cli;

import io.gnomon.cli.AskAnswer.Answer;
import io.gnomon.cli.AskAnswer.Candidate;
import io.gnomon.cli.AskAnswer.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer of {@code gnomon ask} for a person to read. */
final class AskText {
  private static final int SHOWN = 72;
  private static final String INDENT = "  ";

  private AskText() {}

  static List<String> lines(AskAnswer answer) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "teacher %s (%s, %s on %s)",
            answer.teacher(), answer.modelType(), answer.precision(), answer.device()));
    if (answer.words() != null) {
      lines.add("task    " + answer.task());
      lines.addAll(words(answer.words()));
    }
    for (int i = 0; i < answer.answers().size(); i++) {
      lines.add("");
      lines.addAll(lines(answer.answers().get(i), i + 1));
    }
    return lines;
  }

  private static List<String> words(List<Word> words) {
    TextTable table = new TextTable(false, false, false, true, true);
    table.row("class", "word", "token", "id", "tokens");
    for (Word word : words) {
      table.row(
          word.className(),
          word.word(),
          printable(word.token()),
          Long.toString(word.id()),
          Integer.toString(word.tokens()));
    }
    return table.lines(INDENT);
  }

  private static List<String> lines(Answer answer, int number) {
    List<String> lines = new ArrayList<>();
    int tokens = answer.ids().size();
    lines.add(
        String.format(
            "%d: %s (%d token%s)", number, heading(answer), tokens, tokens == 1 ? "" : "s"));
    if (answer.probabilities() != null) {
      lines.addAll(probabilities(answer.probabilities()));
    }
    lines.addAll(candidates(answer.nextTokens()));
    return lines;
  }

  private static String heading(Answer answer) {
    return answer.text() == null
        ? "ids " + shortened(answer.ids().toString().replaceAll("[\\[\\] ]", ""))
        : "\"" + shortened(printable(answer.text())) + "\"";
  }

  private static List<String> probabilities(Map<String, Float> probabilities) {
    TextTable table = new TextTable(false, true);
    table.row("class", "probability");
    probabilities.forEach((name, value) -> table.row(name, decimals(value)));
    return table.lines(INDENT);
  }

  private static List<String> candidates(List<Candidate> candidates) {
    TextTable table = new TextTable(false, true, true);
    table.row("next token", "id", "logit");
    for (Candidate candidate : candidates) {
      table.row(
          token(candidate.token()), Integer.toString(candidate.id()), decimals(candidate.logit()));
    }
    return table.lines(INDENT);
  }

  private static String token(@Nullable String token) {
    return token == null ? "" : printable(token);
  }

  private static String decimals(float value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** Line breaks and other controls as escapes, so that a row stays one line. */
  private static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> {
                  if (Character.isISOControl(c)) {
                    shown.append(String.format("\\u%04x", c));
                  } else {
                    shown.appendCodePoint(c);
                  }
                }
              }
            });
    return shown.toString();
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= SHOWN
        ? text
        : text.substring(0, text.offsetByCodePoints(0, SHOWN - 1)) + "…";
  }
}

package io.gnomon.label;

import io.gnomon.serve.bulk.Reply;
import java.util.List;
import java.util.Optional;

/**
 * A text asked about until an answer has labels of the list, or often enough. Every answer is kept
 * before it is judged any further.
 *
 * @param again how often the question is put again
 */
record Conversation(
    Question question,
    AnswerParser parser,
    Patience patience,
    AnswerStore store,
    Tally tally,
    int again) {
  /**
   * The labels of a text; empty when no answer had any.
   *
   * @throws AskingException when there is no answer
   */
  Optional<Reply> about(String text, String key, String by) throws AskingException {
    boolean asked = false;
    for (List<Question.Failed> failed = store.failed(key);
        failed.size() <= again;
        failed = store.failed(key)) {
      KeptAnswer kept = ask(text, key, failed);
      asked = true;
      if (kept.refused() == null) {
        tally.countLabelled();
        return Optional.of(KeptLabeller.answer(kept, by));
      }
    }
    if (asked) {
      tally.countAside();
    }
    return Optional.empty();
  }

  /**
   * Asks once, whatever was answered before.
   *
   * @throws AskingException when there is no answer
   */
  KeptAnswer ask(String text, String key, List<Question.Failed> failed) throws AskingException {
    RawAnswer raw = patience.ask(question.about(text, failed));
    KeptAnswer kept = KeptAnswer.of(key, failed.size() + 1, raw, parser.of(raw.text()));
    store.keep(kept);
    tally.countAnswer(raw);
    return kept;
  }

  /** Why there are no labels. */
  String cause(List<Question.Failed> failed) {
    return "%s, in the last of %d answers"
        .formatted(failed.get(failed.size() - 1).cause(), failed.size());
  }
}

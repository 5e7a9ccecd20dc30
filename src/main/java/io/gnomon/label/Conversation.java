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
    for (List<Question.Failed> failed = store.failed(key);
        failed.size() <= again;
        failed = store.failed(key)) {
      RawAnswer raw = patience.ask(question.about(text, failed));
      KeptAnswer kept = KeptAnswer.of(key, failed.size() + 1, raw, parser.of(raw.text()));
      store.keep(kept);
      tally.countAnswer(raw);
      if (kept.refused() == null) {
        tally.countLabelled();
        return Optional.of(KeptLabeller.answer(kept, by));
      }
    }
    return Optional.empty();
  }

  /** Why there are no labels. */
  String cause(List<Question.Failed> failed) {
    return "%s, in the last of %d answers"
        .formatted(failed.get(failed.size() - 1).cause(), failed.size());
  }
}

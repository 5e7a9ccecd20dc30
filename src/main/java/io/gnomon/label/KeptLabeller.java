package io.gnomon.label;

import io.gnomon.serve.Tagging;
import io.gnomon.serve.bulk.Answer;
import io.gnomon.serve.bulk.Labeller;
import io.gnomon.serve.bulk.Refusal;
import io.gnomon.serve.bulk.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Labels from the answers on disk, and from a source for texts that have none there. */
public final class KeptLabeller implements Labeller {
  private final LabelList list;
  private final String by;
  private final AnswerStore store;
  private final Asker asker;
  private final LabelListener listener;
  private final Tally tally;

  /**
   * A labeller.
   *
   * @param by the source, as rows name it
   * @param asker keeps its answers in {@code store}
   */
  public KeptLabeller(
      LabelList list,
      String by,
      AnswerStore store,
      Asker asker,
      LabelListener listener,
      Tally tally) {
    this.list = list;
    this.by = by;
    this.store = store;
    this.asker = asker;
    this.listener = listener;
    this.tally = tally;
  }

  @Override
  public List<Reply> label(List<String> texts) {
    Map<String, Reply> replies = new LinkedHashMap<>();
    List<String> open = new ArrayList<>();
    for (String text : texts) {
      if (!replies.containsKey(text)) {
        replies.put(text, known(text, open));
      }
      if (store.knewBefore(AnswerStore.key(text))) {
        tally.countKnown();
      }
    }
    if (!open.isEmpty()) {
      try {
        replies.putAll(asker.ask(open));
      } finally {
        store.force();
      }
    }
    return texts.stream().map(replies::get).toList();
  }

  /** What is known without asking; what is not goes to {@code open}. */
  private Reply known(String text, List<String> open) {
    if (text.isBlank()) {
      listener.done();
      return new Refusal("expected a text, found an empty one");
    }
    return store
        .find(AnswerStore.key(text))
        .map(
            kept -> {
              listener.done();
              return (Reply) answer(kept, by);
            })
        .orElseGet(
            () -> {
              open.add(text);
              return new Refusal("not asked yet");
            });
  }

  static Answer answer(KeptAnswer kept, String by) {
    return new Answer(new Tagging(kept.labels(), kept.probabilities()), by);
  }

  @Override
  public List<String> labels() {
    return list.labels();
  }

  @Override
  public boolean several() {
    return true;
  }

  @Override
  public boolean graded() {
    return asker.graded();
  }
}

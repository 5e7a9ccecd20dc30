package io.gnomon.cli;

import io.gnomon.grow.Labels;
import io.gnomon.label.AnswerStore;
import io.gnomon.label.Asker;
import io.gnomon.label.KeptLabeller;
import io.gnomon.label.LabelList;
import io.gnomon.label.LabelListener;
import io.gnomon.label.Tally;
import io.gnomon.serve.bulk.Answer;
import io.gnomon.serve.bulk.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Labels of a language model, every answer of which is kept. */
record AskedLabels(String by, KeptLabeller labeller) implements Labels {
  AskedLabels(
      LabelList list,
      String by,
      AnswerStore store,
      Asker asker,
      LabelListener listener,
      Tally tally) {
    this(by, new KeptLabeller(list, by, store, asker, listener, tally));
  }

  @Override
  public Map<String, List<String>> of(List<String> texts) {
    List<Reply> replies = labeller.label(texts);
    Map<String, List<String>> labels = new LinkedHashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      if (replies.get(i) instanceof Answer answer) {
        labels.put(texts.get(i), answer.tagging().labels());
      }
    }
    return labels;
  }
}

package io.gnomon.cli;

import io.gnomon.grow.Labels;
import io.gnomon.label.AnswerStore;
import io.gnomon.label.Asker;
import io.gnomon.label.KeptLabeller;
import io.gnomon.label.LabelList;
import io.gnomon.label.LabelReport;
import io.gnomon.label.Tally;
import io.gnomon.serve.bulk.Answer;
import io.gnomon.serve.bulk.Refusal;
import io.gnomon.serve.bulk.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Labels of a language model, every answer of which is kept. */
final class AskedLabels implements Labels {
  private static final int SHOWN = 60;

  private final String by;
  private final KeptLabeller labeller;
  private final LabelProgress progress;
  private final Tally tally;
  private final Tally before;
  private long labelled;
  private long aside;
  private long nanoseconds;

  AskedLabels(
      LabelList list,
      String by,
      AnswerStore store,
      Asker asker,
      LabelProgress progress,
      Tally tally) {
    this.by = by;
    this.labeller = new KeptLabeller(list, by, store, asker, progress, tally);
    this.progress = progress;
    this.tally = tally;
    this.before = store.before();
  }

  @Override
  public String by() {
    return by;
  }

  @Override
  public Map<String, List<String>> of(List<String> texts) {
    List<Reply> replies = timed(texts);
    Map<String, List<String>> labels = new LinkedHashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      if (replies.get(i) instanceof Answer answer) {
        labels.put(texts.get(i), answer.tagging().labels());
        labelled++;
      } else if (replies.get(i) instanceof Refusal refusal) {
        progress.rejected("post '" + shown(texts.get(i)) + "'", refusal.cause());
        aside++;
      }
    }
    return labels;
  }

  private List<Reply> timed(List<String> texts) {
    long start = System.nanoTime();
    try {
      return labeller.label(texts);
    } finally {
      nanoseconds += System.nanoTime() - start;
    }
  }

  /** A post has no row here that a user would know it by. */
  private static String shown(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
  }

  /** What came of it, and what it took; nothing where nobody was asked. */
  void tell(LabelReport.@Nullable Prices prices) {
    if (labelled + aside + tally.answers() == 0) {
      return;
    }
    LabelReport report =
        new LabelReport(labelled, aside, tally.known(), tally, before, nanoseconds / 1e9, prices);
    if (labelled + aside > 0) { // else it was stopped before any batch was whole
      progress.note("labelled " + labelled + " posts" + (aside == 0 ? "" : "; set aside " + aside));
    }
    progress.note(report.time());
    report.cost().ifPresent(progress::note);
  }
}

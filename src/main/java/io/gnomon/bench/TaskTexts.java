package io.gnomon.bench;

import io.gnomon.checkpoint.Sha256;
import io.gnomon.config.DataConfig;
import io.gnomon.config.DataConfig.Split;
import io.gnomon.config.InputException;
import io.gnomon.config.SuiteConfig.TextsConfig;
import io.gnomon.config.TaskConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.data.LabelledSets;
import io.gnomon.data.LabelledText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The labelled texts of a task, each part read at first use. What a classifier is chosen on is the
 * official part where the set has one, and otherwise taken out of the training texts; the test
 * texts serve nothing but the figures.
 */
public final class TaskTexts {
  private final TaskConfig task;
  private final TextsConfig text;
  private final TaskScorer scorer;
  private @Nullable LabelledSet test;
  private @Nullable LabelledSet dev;
  private @Nullable LabelledSet train;

  TaskTexts(TaskConfig task, TextsConfig text) {
    this.task = task;
    this.text = text;
    this.scorer = TaskScorer.of(task);
  }

  /** The texts that figures are measured on. */
  public LabelledSet test() {
    if (test == null) {
      test = limited(scorer.scorable(LabelledSets.read(data())), text.test());
    }
    return test;
  }

  /** The texts that settings may be chosen on. */
  public LabelledSet dev() {
    if (dev == null) {
      dev = hasDev() ? limited(part(Split.DEV), text.dev()) : part(Split.TRAIN).limit(text.dev());
    }
    return dev;
  }

  /** The texts that may be learned from; none of them is among {@link #dev}. */
  public LabelledSet train() {
    if (train == null) {
      LabelledSet whole = part(Split.TRAIN);
      train = limited(hasDev() ? whole : without(whole, dev()), text.train());
    }
    return train;
  }

  /** A part by its name. */
  public LabelledSet of(Split part) {
    return switch (part) {
      case TRAIN -> train();
      case DEV -> dev();
      case TEST -> test();
    };
  }

  private static LabelledSet limited(LabelledSet set, int limit) {
    return limit == 0 ? set : set.limit(limit);
  }

  /** By content, so that a text which stands in the set twice is not in both. */
  private static LabelledSet without(LabelledSet whole, LabelledSet out) {
    Set<LabelledText> gone = new HashSet<>(out.rows());
    List<LabelledText> rest = whole.rows().stream().filter(row -> !gone.contains(row)).toList();
    return LabelledSet.of(whole.info(), whole.classes(), rest);
  }

  private boolean hasDev() {
    return data() instanceof DataConfig.GoEmotions
        || (data() instanceof DataConfig.Table table && table.dev() != null);
  }

  private DataConfig data() {
    DataConfig data = task.data();
    if (data == null) {
      throw new InputException(
          "task " + task.name() + ": expected data to say which labelled set, found none; add it");
    }
    return data;
  }

  private LabelledSet part(Split split) {
    return scorer.scorable(LabelledSets.read(partOf(split)));
  }

  private DataConfig partOf(Split split) {
    return data()
        .part(split)
        .orElseThrow(
            () ->
                new InputException(
                    "task "
                        + task.name()
                        + ": expected a set with training texts, found a single table; name them"
                        + " under data.train, or give approaches that need none"));
  }

  /** SHA-256 of texts and labels, in their order. */
  static String sha256(LabelledSet set) {
    StringBuilder rows = new StringBuilder();
    for (LabelledText row : set.rows()) {
      rows.append(Sha256.ofText(String.join("\t", row.labels()) + "\n" + row.text()));
    }
    return Sha256.ofText(rows.toString());
  }
}

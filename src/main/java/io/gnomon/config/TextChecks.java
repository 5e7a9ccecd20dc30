package io.gnomon.config;

import io.gnomon.config.Checks.Fields;
import io.gnomon.config.DataConfig.Split;

/** Checks of the text that a run trains on. */
final class TextChecks {
  private static final String NOT_THE_TEST =
      "another part than task.data, which evaluates what is trained here";

  private TextChecks() {}

  /** A training set is there, and is not the one that evaluates. */
  static void set(Fields fields) {
    TextConfig.Labelled text = fields.get("text", TextConfig.Labelled.class);
    TaskConfig task = fields.get("task", TaskConfig.class);
    if (text == null || task == null) {
      return;
    }
    DataConfig train = text.set(task).orElse(null);
    if (train == null) {
      String found =
          task.data() == null ? "no training set" : "a task whose table has no train split";
      fields.report("text.data", found, "a labelled set to train on", null);
    } else if (task.data() != null && train.sameTexts(task.data())) {
      boolean named = text.data() != null;
      String found = named ? "the set of task.data" : "the train part, which task.data is already";
      fields.report("text.data", found, NOT_THE_TEST, null);
    } else if (!(train instanceof DataConfig.Table) && train.split() != Split.TRAIN) {
      fields.report("text.data.split", Shape.kebab(train.split()), "train", "train");
    }
  }
}

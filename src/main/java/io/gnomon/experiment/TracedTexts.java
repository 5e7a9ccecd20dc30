package io.gnomon.experiment;

import io.gnomon.config.DataConfig;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.config.TraceConfig.TextTraceConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.data.LabelledSets;

/** The labelled texts that a trace is measured on as well. */
final class TracedTexts {
  private TracedTexts() {}

  static LabelledSet read(ExperimentConfig config, TextTraceConfig text) {
    DataConfig data = config.task().data();
    if (data == null) {
      throw new InputException("trace.text: expected task.data to say which set, found none");
    }
    return read(config.task(), data, text.limit());
  }

  /**
   * The texts of {@code data} that can judge {@code task}: all of them where a text may have
   * several labels, else those that have one.
   *
   * @param limit texts taken; 0 takes all
   */
  static LabelledSet read(TaskConfig task, DataConfig data, int limit) {
    LabelledSet all = LabelledSets.read(data);
    LabelledSet set = task.multiLabel() ? all : all.withOneLabel();
    return limit == 0 ? set : set.limit(limit);
  }
}

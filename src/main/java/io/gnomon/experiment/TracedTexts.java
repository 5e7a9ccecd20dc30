package io.gnomon.experiment;

import io.gnomon.config.DataConfig;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.InputException;
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
    LabelledSet set = LabelledSets.read(data).withOneLabel();
    return text.limit() == 0 ? set : set.limit(text.limit());
  }
}

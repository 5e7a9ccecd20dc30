package io.gnomon;

import io.gnomon.config.CalibrationConfig;
import io.gnomon.config.TaskConfig;
import io.gnomon.config.TaskConfig.AnswersConfig;
import io.gnomon.config.TaskConfig.PromptConfig;
import io.gnomon.config.TaskConfig.Score;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A multi-label task for {@link TinyTeacher}: phrases of unequal length, two words for yes. */
public final class TinyLabels {
  private TinyLabels() {}

  /** Three labels. */
  public static TaskConfig task() {
    return task(Score.MAX, new CalibrationConfig.None(), 1);
  }

  /** As {@link #task()} with another read-out. */
  public static TaskConfig task(Score score, CalibrationConfig calibration, double temperature) {
    Map<String, List<String>> phrases = new LinkedHashMap<>();
    phrases.put("fun", List.of("great fun"));
    phrases.put("dull", List.of("dull"));
    phrases.put("odd", List.of("strange"));
    return new TaskConfig(
        "tiny-labels",
        TaskConfig.Type.MULTI_LABEL,
        new PromptConfig("film:", " {label}? this is"),
        phrases,
        new AnswersConfig(List.of("good", "great"), List.of("bad")),
        score,
        calibration,
        temperature,
        null);
  }
}

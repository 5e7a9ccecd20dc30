package io.gnomon.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A classification task as a prompt and a verbalizer (Eq. 9, 13), with the set that evaluates it.
 */
public record TaskConfig(
    @Key("name of the task") String name,
    @Key("the fixed text around the input") PromptConfig prompt,
    @Key("class name → its label words, in class order") Map<String, List<String>> classes,
    @Key(value = "how a class is scored from its words' logits", byDefault = "max") Score score,
    @Key(value = "correction of the teacher's prior over classes", byDefault = "none")
        CalibrationConfig calibration,
    @Key(
            value = "divides the class scores before softmax",
            byDefault = "1",
            min = 0,
            aboveMin = true)
        double temperature,
    @Key("labelled set for evaluation; never used in training") @Nullable DataConfig data) {

  /** How a class score is made of its words' logits. */
  public enum Score {
    /** The largest logit, as the paper has it. */
    MAX,
    /** The logarithm of the summed exponentials. */
    LOGSUMEXP,
    /** The mean. */
    MEAN
  }

  /** The fixed text before and behind the input. */
  public record PromptConfig(
      @Key("text before the input") String prefix,
      @Key(value = "text behind the input", byDefault = "\"\"") String suffix) {}
}

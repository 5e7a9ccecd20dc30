package io.gnomon.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A classification task as a prompt and a verbalizer (Eq. 9, 13), with the set that evaluates it.
 *
 * <p>A single-label task asks once and chooses among its classes. A multi-label task asks once a
 * label, through a suffix of its own, and reads each answer off the words for yes and no: K
 * independent probabilities, none of which excludes another.
 */
public record TaskConfig(
    @Key("name of the task") String name,
    @Key(value = "whether a text has one class, or any number of them", byDefault = "single-label")
        Type type,
    @Key("the fixed text around the input") PromptConfig prompt,
    @Key(
            "class name → its label words, in class order; multi-label: label → the one phrase that"
                + " stands for {label} in the suffix")
        Map<String, List<String>> classes,
    @Key("multi-label: the words that answer for a label, and those against it")
        @Nullable AnswersConfig answers,
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
  /** What a label's phrase takes the place of, in the suffix of a multi-label task. */
  public static final String LABEL = "{label}";

  /** The class of {@link #asked} that a label is. */
  public static final String YES = "yes";

  /** The class of {@link #asked} that a label is not. */
  public static final String NO = "no";

  /** How many classes a text may have. */
  public enum Type {
    /** One. */
    SINGLE_LABEL,
    /** Any number, each judged by itself. */
    MULTI_LABEL
  }

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
      @Key(
              value = "text behind the input; multi-label: with {label} in it once",
              byDefault = "\"\"")
          String suffix) {}

  /** The two-way read-out of a label. */
  public record AnswersConfig(
      @Key("words that say the text has the label") List<String> yes,
      @Key("words that say it has not") List<String> no) {}

  /** A single-label task. */
  public TaskConfig(
      String name,
      PromptConfig prompt,
      Map<String, List<String>> classes,
      Score score,
      CalibrationConfig calibration,
      double temperature,
      @Nullable DataConfig data) {
    this(name, Type.SINGLE_LABEL, prompt, classes, null, score, calibration, temperature, data);
  }

  /** Whether a text may have several of the classes. */
  public boolean multiLabel() {
    return type == Type.MULTI_LABEL;
  }

  /**
   * The set that evaluates it.
   *
   * @throws InputException when it names none
   */
  public DataConfig requireData() {
    if (data == null) {
      throw new InputException(
          "task "
              + name
              + ": expected data to say which labelled set, found none; add data: to the task");
    }
    return data;
  }

  /**
   * The prompts that make up one answer: a single-label task alone, or what a multi-label one asks
   * of each label in turn.
   */
  public List<TaskConfig> questions() {
    return multiLabel() ? classes.keySet().stream().map(this::asked).toList() : List.of(this);
  }

  /**
   * What a multi-label task asks of one label, as a task of the two classes {@link #YES} and {@link
   * #NO}: its phrase is in the suffix, its score, calibration and temperature are this task's. It
   * has no set of its own.
   *
   * @throws IllegalArgumentException when this task is single-label or has no such label
   */
  public TaskConfig asked(String label) {
    List<String> phrase = classes.get(label);
    if (!multiLabel() || answers == null || phrase == null) {
      throw new IllegalArgumentException("task " + name + " asks nothing of label " + label);
    }
    Map<String, List<String>> words = new LinkedHashMap<>();
    words.put(YES, answers.yes());
    words.put(NO, answers.no());
    PromptConfig own =
        new PromptConfig(prompt.prefix(), prompt.suffix().replace(LABEL, phrase.get(0)));
    return new TaskConfig(name + "/" + label, own, words, score, calibration, temperature, null);
  }
}

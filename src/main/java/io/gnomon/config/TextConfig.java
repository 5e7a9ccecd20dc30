package io.gnomon.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Text to train on in place of noise: what a projection does without, for comparison with it
 * (Section 4).
 */
public sealed interface TextConfig permits TextConfig.Labelled, TextConfig.Generated {
  /** Where a class's name is put into a prompt of {@link Generated}. */
  String CLASS = "{class}";

  /** Tokens kept of each text. */
  int maxLength();

  /** What a student learns to answer on a text. */
  enum Labels {
    /** The set's own labels: direct training. */
    GOLD,
    /** The teacher's class probabilities: distillation. */
    TEACHER
  }

  /** A labelled training set. */
  @Kind(
      value = "labelled",
      description = "a training set, under its own labels (direct) or the teacher's (distillation)")
  record Labelled(
      @Key("what the student learns to answer") Labels labels,
      @Key("the training set; the train part of task.data when absent") @Nullable DataConfig data,
      @Key(
              value = "texts taken, class by class in proportion; 0 takes all",
              byDefault = "0",
              min = 0)
          int limit,
      @Key(value = "tokens kept of each text", byDefault = "128", min = 1) int maxLength)
      implements TextConfig {
    /** The set that is read beside {@code task}; empty where none is named and none follows. */
    public Optional<DataConfig> set(TaskConfig task) {
      return data != null || task.data() == null
          ? Optional.ofNullable(data)
          : task.data().part(DataConfig.Split.TRAIN);
    }
  }

  /** Texts that a language model writes, the teacher's own unless said, under its answers. */
  @Kind(value = "generated", description = "texts the teacher itself writes, labelled by it")
  record Generated(
      @Key(value = "texts trained on", byDefault = "2000", min = 1, max = 10_000_000) int texts,
      @Key(
              value =
                  "what the model goes on from, in turn; one with {class} counts once a class; the"
                      + " task's prefix when empty",
              byDefault = "[]")
          List<String> prompts,
      @Key(value = "tokens written at most", byDefault = "64", min = 1, max = 131_072)
          int maxLength,
      @Key(
              value = "divides the logits before softmax; 0 takes the likeliest token",
              byDefault = "1",
              min = 0,
              max = 100)
          double temperature,
      @Key(
              value = "drawn from the likeliest tokens that together have this probability",
              byDefault = "1",
              min = 0,
              aboveMin = true,
              max = 1)
          double topP,
      @Key(
              "Hugging Face folder of the language model that writes, such as the one that the"
                  + " teacher was adapted from; the teacher itself when absent")
          @Nullable String writer)
      implements TextConfig {
    /** The prompts beside {@code task}, one a class where a class's name is asked for. */
    public List<String> prompts(TaskConfig task) {
      List<String> written = prompts.isEmpty() ? List.of(task.prompt().prefix()) : prompts;
      return written.stream()
          .flatMap(
              prompt ->
                  prompt.contains(CLASS)
                      ? task.classes().keySet().stream().map(name -> prompt.replace(CLASS, name))
                      : Stream.of(prompt))
          .toList();
    }
  }
}

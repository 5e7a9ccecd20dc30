package io.gnomon.config;

import java.util.List;
import java.util.Map;

/** A grid of cells, approaches × tasks × seeds: what {@code gnomon bench} runs. */
public record SuiteConfig(
    @Key("name of the suite; its cells and tables go to results/<name>/") String name,
    @Key("file of the experiment that every cell starts from, relative to the suite's own")
        String experiment,
    @Key(value = "what is classified, each with its labelled set", part = "tasks")
        List<TaskConfig> tasks,
    @Key(value = "seeds, each a cell for every approach that one matters to", min = 0)
        List<Long> seeds,
    @Key(value = "how much text is read", byDefault = "{}") TextsConfig texts,
    @Key(value = "changes to the experiment for every cell", byDefault = "{}") Settings set,
    @Key("the ways compared, by name; the set of each is put over the suite's own")
        Map<String, ApproachConfig> approaches,
    @Key(
            value =
                "task → changes to the experiment for its cells, put over the approaches' own: what"
                    + " belongs to a task's texts, such as their length",
            byDefault = "{}")
        Map<String, Settings> taskSet,
    @Key(
            value =
                "accuracies printed elsewhere, task → approach → share; shown beside ours, and no"
                    + " more",
            byDefault = "{}",
            min = 0,
            max = 1)
        Map<String, Map<String, Double>> printed) {

  /** How much of each part of a set is read, and how much of each text. */
  public record TextsConfig(
      @Key(
              value = "training texts, class by class in proportion; 0 takes all",
              byDefault = "0",
              min = 0)
          int train,
      @Key(
              value =
                  "texts to choose settings on; taken from the training texts where the set has none",
              byDefault = "1000",
              min = 1)
          int dev,
      @Key(
              value = "test texts, class by class in proportion; 0 takes all",
              byDefault = "0",
              min = 0)
          int test,
      @Key(value = "tokens kept of each text", byDefault = "128", min = 1) int maxLength) {}
}

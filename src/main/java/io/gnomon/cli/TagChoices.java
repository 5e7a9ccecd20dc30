package io.gnomon.cli;

import io.gnomon.config.InputException;
import io.gnomon.serve.TaggerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code gnomon tag} that say which labels a text is given. */
final class TagChoices {
  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = {
        "Give the K likeliest labels; one unless given,",
        "or all that reach their threshold where a text may have several."
      })
  private @Nullable Integer topK;

  @Option(
      names = "--threshold",
      paramLabel = "P|LABEL=P",
      description = {
        "Give a label from this probability on; of LABEL alone where it is named.",
        "May be given several times; labels.json's thresholds unless given."
      })
  private List<String> thresholds = new ArrayList<>();

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "Threads of a batch, 0 for all cores; ${DEFAULT-VALUE} unless given.")
  private int threads;

  int threads() {
    return threads;
  }

  TaggerOptions options() {
    if (threads < 0) {
      throw new InputException(
          "--threads: expected 0 or more, found " + threads + "; give 0 for all cores");
    }
    TaggerOptions options = TaggerOptions.defaults().withThreads(threads);
    if (topK != null) {
      if (topK < 1) {
        throw new InputException("--top-k: expected 1 or more, found " + topK + "; give --top-k 3");
      }
      options = options.withTopK(topK);
    }
    for (String given : thresholds) {
      options = with(options, given);
    }
    return options;
  }

  private static TaggerOptions with(TaggerOptions options, String given) {
    int equals = given.lastIndexOf('=');
    double probability = probability("--threshold", given.substring(equals + 1));
    return equals < 0
        ? options.withThreshold(probability)
        : options.withThreshold(given.substring(0, equals), probability);
  }

  /** A number from 0 to 1. */
  static double probability(String option, String given) {
    try {
      double value = Double.parseDouble(given);
      if (value >= 0 && value <= 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw noProbability(option, given);
    }
    throw noProbability(option, given);
  }

  private static InputException noProbability(String option, String given) {
    return new InputException(
        "%s: expected a probability from 0 to 1, found '%s'; give %s 0.5"
            .formatted(option, given, option));
  }

  /** What decides the answers, in words. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("top_k", topK == null ? "none" : topK.toString());
    settings.put("threshold", thresholds.isEmpty() ? "none" : String.join(", ", thresholds));
    settings.put("threads", Integer.toString(threads));
    return settings;
  }
}

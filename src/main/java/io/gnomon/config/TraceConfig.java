package io.gnomon.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a row of the trace holds, and how often one is written. */
public record TraceConfig(
    @Key(value = "steps between rows", byDefault = "1000", min = 1) int every,
    @Key(
            value = "samples in the probe set, fixed by the seed",
            byDefault = "1024",
            min = 2,
            max = 10_000_000)
        int probe,
    @Key("labelled text to measure on as well; evaluation only") @Nullable TextTraceConfig text,
    @Key("where rows go beside trace.jsonl: tensorboard, mlflow:URI; nowhere unless given")
        @Nullable List<String> to) {

  /** A trace that goes to {@code trace.jsonl} alone. */
  public TraceConfig(int every, int probe, @Nullable TextTraceConfig text) {
    this(every, probe, text, null);
  }

  /** Where rows go beside {@code trace.jsonl}. */
  public List<String> sinks() {
    return to == null ? List.of() : to;
  }

  /** The same measurements: where they go decides no result. */
  public TraceConfig withoutSinks() {
    return new TraceConfig(every, probe, text);
  }

  /** Labelled text shown beside the noise; nothing of it flows back. */
  public record TextTraceConfig(
      @Key(
              value = "texts taken, class by class in proportion; 0 takes all",
              byDefault = "1000",
              min = 0)
          int limit,
      @Key(value = "tokens kept of each text", byDefault = "256", min = 1) int maxLength) {}
}

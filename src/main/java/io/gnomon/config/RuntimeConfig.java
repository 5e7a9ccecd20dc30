package io.gnomon.config;

/** Where and with how many threads a run computes. */
public record RuntimeConfig(
    @Key(value = "auto, cpu or cuda:N", byDefault = "auto") String device,
    @Key(
            value = "threads of libtorch; 0 leaves the choice to it",
            byDefault = "0",
            min = 0,
            max = 4096)
        int threads,
    @Key(
            value =
                "whether a run draws and answers its next batch during the student's step: auto (on"
                    + " a card), on or off",
            byDefault = "auto")
        Overlap overlap) {

  /** Whether the teacher's next batch overlaps the student's step; digits do not depend on it. */
  public enum Overlap {
    /** Where the device is a card: on a CPU both would share its cores. */
    AUTO,
    /** A second thread draws one batch ahead. */
    ON,
    /** One after the other. */
    OFF
  }
}

package io.gnomon.config;

import java.util.Map;

/** What a rerun of a suite must come to: what {@code gnomon reproduce} compares with. */
public record ExpectedConfig(
    @Key("name of the suite") String suite,
    @Key("cell → figure → value and tolerance") Map<String, Map<String, Expectation>> expected) {

  /** One figure of one cell. */
  public record Expectation(
      @Key("the figure as it was") double value,
      @Key(value = "how far a rerun may lie from it, to either side", min = 0) double tolerance) {}
}

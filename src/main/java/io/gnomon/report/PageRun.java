package io.gnomon.report;

import io.gnomon.bench.Estimate;
import java.util.Map;

/**
 * A run as the page shows it.
 *
 * @param name its folder below the root, without {@code cells}
 * @param experiment the first part of it
 * @param scope what its curves are drawn beside: the experiment, or a suite's task
 * @param kind the approach of a suite's cell, the sampler of a run, or the text it trained on
 * @param run configuration and trace; the trace of a cell may be empty
 * @param figures final numbers by name, angles in radians and shares 0 … 1
 * @param facts its provenance, by name
 * @param remark what the state does not say: how far it came, or why it failed
 */
record PageRun(
    String name,
    String experiment,
    String scope,
    String kind,
    Run run,
    Map<String, Estimate> figures,
    Map<String, String> facts,
    State state,
    String remark) {
  /** How far a run came. */
  enum State {
    FINISHED,
    /** It may be running, or wait to be resumed. */
    UNFINISHED,
    FAILED
  }

  String setting(String key) {
    return run.settings().getOrDefault(key, "");
  }

  /** Whether there is a line to draw. */
  boolean drawn() {
    return run.rows().size() > 1;
  }
}

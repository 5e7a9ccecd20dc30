package io.gnomon.experiment;

import io.gnomon.checkpoint.Json;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.provenance.Probe;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What a run came from: code, versions, machine, seed and teacher, as {@code provenance.json}. */
final class RunProvenance {
  private RunProvenance() {}

  /**
   * The facts of a run.
   *
   * @param trainedOn further facts on what it trains on, where that is not the sampler's inputs
   */
  static String of(ExperimentConfig config, TeacherSide side, Map<String, Object> trainedOn) {
    ObjectNode facts = Json.MAPPER.createObjectNode();
    facts.put("started", Instant.now().toString());
    facts.setAll((ObjectNode) Json.MAPPER.valueToTree(Probe.provenance(side.device())));
    facts.put("teacher_precision", side.precision().name().toLowerCase(Locale.ROOT));
    facts.put("seed", config.seed());
    facts.put("teacher", config.teacher().path());
    facts.put("teacher_sha256", side.space().sha256());
    // Otherwise every answer was read from those that an earlier run had kept.
    facts.put("teacher_loaded", side.loaded());
    trainedOn.forEach((key, value) -> facts.set(key, Json.MAPPER.valueToTree(value)));
    return Json.write(facts);
  }
}

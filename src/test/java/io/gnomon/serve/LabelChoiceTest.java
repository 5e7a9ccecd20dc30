package io.gnomon.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gnomon.Messages;
import io.gnomon.config.InputException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelChoiceTest {
  private static final TaggerOptions DEFAULTS = TaggerOptions.defaults();
  private static final double[] P = {0.2, 0.5, 0.3};

  private final LabelFile single = file(false, Map.of());
  private final LabelFile several = file(true, Map.of("a", 0.1));

  @Test
  void oneLabelIsTheLikeliest() {
    assertEquals(List.of("b"), labels(single, DEFAULTS));
    assertEquals(List.of("b", "c"), labels(single, DEFAULTS.withTopK(2)));
    assertEquals(List.of(), labels(single, DEFAULTS.withThreshold(0.51)));
    assertEquals(List.of("b"), labels(single, DEFAULTS.withThreshold(0.5)));
    assertEquals(List.of("c"), labels(single, DEFAULTS.withThreshold("b", 0.6)));
    assertEquals(List.of("b"), labels(file(false, Map.of("b", 0.5)), DEFAULTS));
    assertEquals(List.of("c"), labels(file(false, Map.of("b", 0.7)), DEFAULTS));
  }

  @Test
  void ofSeveralAllThatReachTheirThreshold() {
    assertEquals(List.of("b", "a"), labels(several, DEFAULTS));
    assertEquals(List.of("b", "c"), labels(several, DEFAULTS.withThreshold(0.25)));
    assertEquals(
        List.of("b", "c", "a"),
        labels(several, DEFAULTS.withThreshold(0.25).withThreshold("a", 0)));
    assertEquals(List.of("b", "c"), labels(several, DEFAULTS.withTopK(2)));
    assertEquals(List.of("b"), labels(several, DEFAULTS.withTopK(2).withThreshold(0.4)));
    assertEquals(List.of("b", "c", "a"), labels(several, DEFAULTS.withTopK(7)));
  }

  @Test
  void probabilitiesAreNamedInTheStudentsOrder() {
    Tagging tagging = new LabelChoice(single, DEFAULTS).of(P);
    assertEquals(List.of("a", "b", "c"), List.copyOf(tagging.probabilities().keySet()));
    assertEquals(0.3, tagging.probability("c"));
    assertThrows(IllegalArgumentException.class, () -> tagging.probability("d"));
  }

  @Test
  void whatCannotBeIsRefused() {
    assertEquals(
        "threshold of d: expected one of the labels [a, b, c], found another; mend its name",
        Messages.of(
            InputException.class, () -> new LabelChoice(single, DEFAULTS.withThreshold("d", 0.5))));
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withThreshold(1.5));
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withThreshold("a", Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withTopK(0));
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withThreads(-1));
  }

  private static List<String> labels(LabelFile file, TaggerOptions options) {
    return new LabelChoice(file, options).of(P).labels();
  }

  private static LabelFile file(boolean multiLabel, Map<String, Double> thresholds) {
    return new LabelFile("t", multiLabel, List.of("a", "b", "c"), thresholds, 9, "fp32");
  }
}

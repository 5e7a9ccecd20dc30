package io.gnomon.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gnomon.bench.Figure;
import io.gnomon.config.ApproachConfig;
import io.gnomon.config.ApproachConfig.Classical;
import io.gnomon.config.ApproachConfig.Classical.Features;
import io.gnomon.config.ApproachConfig.Classical.Labels;
import io.gnomon.config.ApproachConfig.Classical.Learner;
import io.gnomon.config.Settings;
import org.junit.jupiter.api.Test;

class ExpectationsTest {
  @Test
  void aToleranceIsAsWideAsWhatCanMove() {
    ApproachConfig solved =
        new Classical(Features.TFIDF_WORD, Learner.LOGISTIC_REGRESSION, Labels.GOLD);
    ApproachConfig drawn = new Classical(Features.TWO_GRAM, Learner.SGD, Labels.GOLD);
    ApproachConfig cast = new ApproachConfig.Projection(Settings.NONE);
    assertEquals(0.005, Expectations.tolerance(solved, Figure.ACCURACY, 0.9));
    assertEquals(0.02, Expectations.tolerance(drawn, Figure.ACCURACY, 0.9));
    assertEquals(0.02, Expectations.tolerance(cast, Figure.AGREEMENT, 0.9));
    assertEquals(0.15 * 0.03, Expectations.tolerance(cast, Figure.ALPHA_NOISE, 0.03), 1e-12);
    assertEquals(0.001, Expectations.tolerance(cast, Figure.ALPHA_NOISE, 0.0));
  }
}

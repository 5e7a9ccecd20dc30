package io.gnomon.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.config.ConfigLoader;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.SamplerConfig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplerPortraitTest {
  private static final Path CONFIG =
      Path.of(System.getProperty("gnomon.home", "."), "configs", "quickstart.yaml");

  @Test
  void theMeanCosineIsThatOfAllPairs() {
    CosineMean mean = new CosineMean(2);
    assertTrue(Double.isNaN(mean.mean()));
    mean.add(new double[] {2, 0});
    mean.add(new double[] {0, 3});
    mean.add(new double[] {0, 0}); // no direction
    mean.add(new double[] {-1, 0});
    // cosines 0, −1, 0 of the three pairs
    assertEquals(-1.0 / 3, mean.mean(), 1e-12);
  }

  /**
   * Of noise uniform on [0,1]^d the expected cosine is E[xy]/E[x²] = (1/4)/(1/3) = 0.75 for large
   * d, and of means of T vectors (1/4)/(1/4 + 1/(12 T)): 0.979 for T = 16.
   */
  @Test
  void noiseHasOneDirectionAndTokensAreTokens() {
    ExperimentConfig config = ConfigLoader.experiment(CONFIG, List.of()).config();
    try (TeacherSetup setup = TeacherSetup.of(config)) {
      SamplerPortrait noise = portrait(setup, config, "samplers/uniform");
      assertEquals(0.75, noise.vectorCosine(), 0.005);
      assertEquals(0.9796, noise.meanCosine(), 0.002);
      assertEquals(8, noise.nearest().size());
      assertTrue(noise.nearest().get(0).cosine() < 0.6, noise.nearest()::toString);
      SamplerPortrait tokens = portrait(setup, config, "samplers/tokens");
      tokens.nearest().forEach(near -> assertEquals(1, near.cosine(), 1e-4));
      assertTrue(tokens.spread() > 5 * noise.spread(), () -> "spread " + tokens.spread());
      assertEquals(1, tokens.share(0) + tokens.share(1), 1e-12);
      assertEquals(37, tokens.probabilities(0).length);
      assertTrue(tokens.floor() > noise.floor());
    }
  }

  private static SamplerPortrait portrait(
      TeacherSetup setup, ExperimentConfig config, String sampler) {
    SamplerConfig part =
        ConfigLoader.part(
                sampler, "sampler", SamplerConfig.class, List.of("length.min=16", "length.max=16"))
            .config();
    return SamplerPortrait.of(setup, config.task(), part, 37, 5);
  }
}

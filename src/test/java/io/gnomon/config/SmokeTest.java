package io.gnomon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmokeTest {
  @TempDir Path folder;

  @Test
  void everyKindOfSamplerShrinks() {
    ConfigFiles files = new ConfigFiles(folder);
    for (String kind : Shape.kinds(SamplerConfig.class).keySet()) {
      ExperimentConfig config =
          files.load(ConfigFiles.GOOD.replace("{kind: uniform}", "{kind: " + kind + "}"));
      SamplerConfig small = Smoke.of(config).sampler();
      assertEquals(config.sampler().getClass(), small.getClass());
      assertEquals(new SamplerConfig.LengthConfig(8, 16), small.length());
    }
  }

  @Test
  void aTeacherIsAskedAboutFewTokens() {
    String salient = ConfigFiles.GOOD.replace("{kind: uniform}", "{kind: salient, probes: 9973}");
    SamplerConfig small = Smoke.of(new ConfigFiles(folder).load(salient)).sampler();
    assertEquals(64, ((TokenSamplerConfig.Salient) small).probes());
    String within =
        ConfigFiles.GOOD.replace("{kind: uniform}", "{kind: balanced, of: {kind: salient}}");
    SamplerConfig nested = Smoke.of(new ConfigFiles(folder).load(within)).sampler();
    SamplerConfig of = ((DerivedSamplerConfig.Balanced) nested).of();
    assertEquals(64, ((TokenSamplerConfig.Salient) of).probes());
  }

  @Test
  void whatIsSmallAlreadyStays() {
    ExperimentConfig config =
        new ConfigFiles(folder)
            .load(
                ConfigFiles.GOOD,
                "training={steps: 5, batch_size: 3, checkpoint_every: 2}",
                "optimizer.warmup_steps=0",
                "trace={every: 1, probe: 7}",
                "sampler.length={min: 3, max: 5}");
    ExperimentConfig small = Smoke.of(config);
    assertEquals(config.training(), small.training());
    assertEquals(config.trace(), small.trace());
    assertEquals(config.optimizer(), small.optimizer());
    assertEquals(config.sampler(), small.sampler());
    assertEquals("x-smoke", small.name());
    assertEquals("cpu", small.runtime().device());
  }

  @Test
  void aPoolingStudentShrinksAndReadsTextsOfAnyLength() {
    ExperimentConfig config =
        new ConfigFiles(folder)
            .load(
                ConfigFiles.GOOD,
                "student={kind: static, hidden: 7}",
                "sampler.length={min: 3, max: 5}",
                "task.data=imdb",
                "trace.text={max_length: 100000, limit: 0}");
    assertEquals(new StudentConfig.Static(128, 7), config.student());
    ExperimentConfig small = Smoke.of(config);
    assertEquals(new StudentConfig.Static(16, 7), small.student());
    assertEquals(new TraceConfig.TextTraceConfig(16, 32), small.trace().text());
  }

  @Test
  void theTextFitsAShortStudent() {
    ExperimentConfig config =
        new ConfigFiles(folder)
            .load(
                ConfigFiles.GOOD,
                "student.max_positions=11",
                "sampler.length={min: 3, max: 5}",
                "task.data=imdb",
                "trace.text={max_length: 10, limit: 0}");
    ExperimentConfig small = Smoke.of(config);
    assertEquals(new TraceConfig.TextTraceConfig(16, 10), small.trace().text());
    Path written = new ConfigFiles(folder).write("smoke.yaml", ConfigWriter.write(small));
    assertTrue(ConfigLoader.experiment(written, List.of()).config().equals(small));
  }
}

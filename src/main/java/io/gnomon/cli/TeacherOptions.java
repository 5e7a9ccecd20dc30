package io.gnomon.cli;

import io.gnomon.config.CalibrationConfig;
import io.gnomon.config.ConfigLoader;
import io.gnomon.config.InputException;
import io.gnomon.config.SamplerConfig;
import io.gnomon.config.SamplerConfig.LengthConfig;
import io.gnomon.config.TaskConfig;
import io.gnomon.config.TeacherConfig;
import io.gnomon.config.TeacherConfig.PrecisionChoice;
import io.gnomon.config.TokenSamplerConfig;
import io.gnomon.config.TokenSamplerConfig.Prior;
import io.gnomon.experiment.TeacherEvaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code gnomon evaluate --teacher}, and what they ask for. */
final class TeacherOptions {
  /** As configs/samplers/tokens.yaml has it. */
  private static final SamplerConfig TOKENS =
      new TokenSamplerConfig.Tokens(new LengthConfig(16, 64), Prior.UNIFORM, 1, 2.7);

  @Option(
      names = "--teacher",
      paramLabel = "TEACHER",
      description = "A teacher to be scored by itself, in place of RUN.")
  private @Nullable String teacher;

  @Option(
      names = "--calibration",
      paramLabel = "C,…",
      description = {
        "With --teacher: none, contextual, contextual:TEXT, sampler or sampler:SAMPLES;",
        "the task's own unless given."
      })
  private List<String> calibrations = new ArrayList<>();

  @Option(
      names = "--sampler",
      paramLabel = "SAMPLER",
      description = "With --teacher: what calibration sampler draws from; tokens unless given.")
  private @Nullable String sampler;

  @Option(
      names = "--precision",
      paramLabel = "P",
      description = "With --teacher: auto, fp32, bf16 or fp16; the teacher file's unless given.")
  private @Nullable PrecisionChoice precision;

  @Option(
      names = "--device",
      paramLabel = "D",
      description = "With --teacher: auto, cpu or cuda:N; auto unless given.")
  private @Nullable String device;

  @Nullable String teacher() {
    return teacher;
  }

  /** Refuses what was given although there is no --teacher. */
  void refuseBesideRun() {
    Map<String, Boolean> given = new LinkedHashMap<>();
    given.put("--calibration", !calibrations.isEmpty());
    given.put("--sampler", sampler != null);
    given.put("--precision", precision != null);
    given.put("--device", device != null);
    given.forEach(
        (option, there) -> {
          if (there) {
            throw new InputException(
                option
                    + ": expected --teacher, whose option it is, found RUN; leave it out, for the"
                    + " run's configuration decides");
          }
        });
  }

  /** What to evaluate of {@code chosen}, the teacher given. */
  TeacherEvaluation.Request request(
      String chosen, List<TaskConfig> tasks, int limit, int maxLength) {
    List<CalibrationConfig> parsed = CalibrationOption.parse(calibrations);
    TeacherConfig config = TeacherArgument.read(chosen, "--teacher");
    TeacherEvaluation.Request request =
        new TeacherEvaluation.Request(
            precision == null
                ? config
                : new TeacherConfig(config.path(), precision, config.answers(), config.rows()),
            tasks,
            parsed,
            sampler == null ? TOKENS : sampler(sampler),
            limit,
            maxLength,
            device == null ? "auto" : device);
    if (sampler != null && !request.samples()) {
      throw new InputException(
          "--sampler: expected a calibration that draws from it, found none; add --calibration"
              + " sampler");
    }
    return request;
  }

  private static SamplerConfig sampler(String name) {
    return ConfigLoader.part(name, "--sampler " + name, SamplerConfig.class, List.of()).config();
  }
}

package io.gnomon.cli;

import ai.djl.Device;
import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.Json;
import io.gnomon.config.ConfigLoader;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.SamplerConfig;
import io.gnomon.config.StudentConfig;
import io.gnomon.speed.Speed;
import io.gnomon.speed.SpeedReport;
import io.gnomon.speed.SpeedSettings;
import io.gnomon.tensor.Devices;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gnomon speed}: how close to this machine's ceiling a projection runs. */
@Command(
    name = "speed",
    description = "Measure teacher, student and sampler against this machine's ceiling.",
    footer = {
      "",
      "TEACHER is embedded:pocket, a Hugging Face folder, or a shape with random weights:",
      "shape:pocket, shape:stories15m, shape:tinyllama-1.1b, shape:llama-2-7b.",
      "",
      "Example: gnomon speed --teacher shape:tinyllama-1.1b --json speed.json"
    })
final class SpeedCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "CONFIG",
      description =
          "An experiment: its teacher, student, sampler, device and threads are measured.")
  private @Nullable Path file;

  @Option(
      names = "--teacher",
      paramLabel = "TEACHER",
      description = "The teacher; CONFIG's, or embedded:pocket, unless given.")
  private @Nullable String teacher;

  @Option(
      names = "--prefix",
      paramLabel = "N",
      defaultValue = "32",
      description = "Positions of the prompt; ${DEFAULT-VALUE} unless given.")
  private int prefix;

  @Option(
      names = "--length",
      paramLabel = "N",
      defaultValue = "64",
      description = "Vectors of an input; ${DEFAULT-VALUE} unless given.")
  private int length;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "16",
      description = "Inputs of a batch; ${DEFAULT-VALUE} unless given.")
  private int batch;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "How often each is timed; ${DEFAULT-VALUE} unless given.")
  private int rounds;

  @Option(names = "--grow", description = "Vary length, prefix, batch and width as well.")
  private boolean grow;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "auto, cpu or cuda:N; CONFIG's, or auto, unless given.")
  private @Nullable String device;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the measurements to FILE as well.")
  private @Nullable Path json;

  SpeedCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    SpeedReport report =
        new Speed(settings(), line -> console.err().println("gnomon: " + line)).measure();
    SpeedText.lines(report).forEach(console.out()::println);
    if (json != null) {
      AtomicFiles.writeString(json, Json.write(report));
    }
    return ExitCode.OK;
  }

  private SpeedSettings settings() {
    ExperimentConfig config =
        file == null ? null : ConfigLoader.experiment(file, List.of(), List.of()).config();
    StudentConfig student = config == null ? SpeedSettings.STUDENT : config.student();
    SamplerConfig sampler = config == null ? SpeedSettings.sampler(length) : config.sampler();
    String path = config == null ? "embedded:pocket" : config.teacher().path();
    String own = config == null ? "auto" : config.runtime().device();
    Device on = Devices.of(device == null ? own : device);
    Devices.threads(config == null ? 0 : config.runtime().threads());
    return new SpeedSettings(
        teacher == null ? path : teacher,
        prefix,
        length,
        batch,
        rounds,
        grow,
        student,
        sampler,
        on);
  }
}

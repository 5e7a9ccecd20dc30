package io.gnomon.experiment;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.util.cuda.CudaUtils;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.tensor.Devices;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a run came from: code, versions, machine, seed and teacher, as {@code provenance.json}. */
final class Provenance {
  private static final long GIT_SECONDS = 10;

  private Provenance() {}

  /**
   * The facts of a run.
   *
   * @param trainedOn further facts on what it trains on, where that is not the sampler's inputs
   */
  static String of(ExperimentConfig config, TeacherSide side, Map<String, Object> trainedOn) {
    Device device = side.device();
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("started", Instant.now().toString());
    facts.put("commit", git("rev-parse", "HEAD"));
    // What runs leave is no change of the program.
    String changes = git("status", "--porcelain", "--", ".", ":(exclude)results");
    facts.put("dirty", changes == null ? null : !changes.isEmpty());
    facts.put("gnomon", version());
    facts.put("djl", Engine.getDjlVersion());
    facts.put("libtorch", Engine.getEngine("PyTorch").getVersion());
    facts.put("cuda", device.isGpu() ? CudaUtils.getCudaVersionString() : null);
    facts.put("jdk", System.getProperty("java.runtime.version"));
    facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    facts.put("cores", Runtime.getRuntime().availableProcessors());
    facts.put("device", device.toString());
    facts.put("threads", Devices.threads());
    facts.put("teacher_precision", side.precision().name().toLowerCase(java.util.Locale.ROOT));
    facts.put("seed", config.seed());
    facts.put("teacher", config.teacher().path());
    facts.put("teacher_sha256", side.space().sha256());
    // Otherwise every answer was read from those that an earlier run had kept.
    facts.put("teacher_loaded", side.loaded());
    facts.putAll(trainedOn);
    return Json.write(facts);
  }

  private static String version() {
    String version = Provenance.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** What git says of the program's own checkout; null where there is none. */
  private static @Nullable String git(String... arguments) {
    Path home = Path.of(System.getProperty("gnomon.home", "."));
    String[] command = new String[arguments.length + 3];
    command[0] = "git";
    command[1] = "-C";
    command[2] = home.toString();
    System.arraycopy(arguments, 0, command, 3, arguments.length);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      byte[] answer = process.getInputStream().readAllBytes();
      boolean ended = process.waitFor(GIT_SECONDS, TimeUnit.SECONDS);
      return ended && process.exitValue() == 0
          ? new String(answer, StandardCharsets.UTF_8).strip()
          : null;
    } catch (IOException e) {
      return null; // no git on this machine
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}

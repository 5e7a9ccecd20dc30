package io.gnomon.bench;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.gnomon.tensor.Devices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

/**
 * What a cell ran on. Times of different machines do not compare; figures do, but for last digits.
 *
 * @param ended when the cell ended, UTC
 * @param seconds from the cell's beginning in this sitting to its end, measuring included
 */
public record Machine(
    String ended,
    double seconds,
    String processor,
    int cores,
    String device,
    int threads,
    String os,
    String jdk,
    String libtorch) {
  private static final Path CPU_FACTS = Path.of("/proc/cpuinfo");

  static Machine of(Device device, double seconds) {
    return new Machine(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        seconds,
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        Devices.name(device),
        Devices.threads(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        System.getProperty("java.runtime.version"),
        Engine.getEngine("PyTorch").getVersion());
  }

  private static String processorName() {
    try (Stream<String> lines = Files.lines(CPU_FACTS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown"; // no such file outside Linux
    }
  }
}

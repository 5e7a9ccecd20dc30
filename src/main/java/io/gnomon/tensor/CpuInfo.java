package io.gnomon.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What Linux says of the processor.
 *
 * @param lines of /proc/cpuinfo; none elsewhere
 */
public record CpuInfo(List<String> lines) {
  private static final Path FILE = Path.of("/proc/cpuinfo");

  /** That of this machine. */
  public static CpuInfo read() {
    try {
      return new CpuInfo(Files.readAllLines(FILE));
    } catch (IOException e) {
      return new CpuInfo(List.of()); // no such file outside Linux
    }
  }

  /** The processor's name, or {@code unknown}. */
  public String model() {
    return value("model name").orElse("unknown");
  }

  /** What it can do, such as avx512_bf16. */
  public List<String> flags() {
    return value("flags").map(flags -> List.of(flags.split("\\s+"))).orElse(List.of());
  }

  private Optional<String> value(String key) {
    return lines.stream()
        .map(line -> line.split(":", 2))
        .filter(parts -> parts.length == 2 && parts[0].strip().equals(key))
        .map(parts -> parts[1].strip())
        .findFirst();
  }
}

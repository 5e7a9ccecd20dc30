package io.gnomon.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks nvidia-smi which cards there are, whether or not libtorch can use them. */
final class CardProbe {
  private static final String FIELDS = "index,name,memory.total,driver_version,compute_cap";
  private static final int SECONDS = 20;

  private CardProbe() {}

  /** The cards; none where there is no nvidia-smi, or it does not answer. */
  static List<DoctorFacts.Card> cards() throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("nvidia-smi", "--query-gpu=" + FIELDS, "--format=csv,noheader")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectInput(ProcessBuilder.Redirect.from(nothing()))
              .start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return List.of();
      }
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.exitValue() == 0 ? parse(answer) : List.of();
    } catch (IOException noSuchProgram) {
      return List.of();
    }
  }

  /**
   * Reads the lines {@code index, name, memory, driver, compute capability}; others are skipped.
   */
  static List<DoctorFacts.Card> parse(String answer) {
    List<DoctorFacts.Card> cards = new ArrayList<>();
    for (String line : answer.lines().toList()) {
      String[] parts = line.strip().split("\\s*,\\s*", -1);
      if (parts.length == 5 && parts[0].matches("\\d+") && parts[4].matches("\\d+\\.\\d+")) {
        cards.add(
            new DoctorFacts.Card(
                Integer.parseInt(parts[0]),
                parts[1],
                parts[2],
                parts[3],
                Double.parseDouble(parts[4])));
      }
    }
    return List.copyOf(cards);
  }

  private static File nothing() {
    return new File(System.getProperty("os.name", "").startsWith("Windows") ? "NUL" : "/dev/null");
  }
}

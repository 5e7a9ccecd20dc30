package io.gnomon.report;

import io.gnomon.checkpoint.Json;
import io.gnomon.config.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A line of a suite's {@code comparisons.json}: two approaches on the same test texts, as of the
 * last time that {@code gnomon bench} wrote it.
 *
 * @param difference accuracy of the first less that of the second, −1 … 1
 * @param low lower end of its 95% interval (paired bootstrap)
 * @param p of the bootstrap, corrected after Holm
 * @param pMcnemar of McNemar's test, corrected so too
 * @param onlyFirst texts that the first alone has right, of their first seeds
 * @param oneSeed whether either is one training of an approach that another seed would change
 */
public record PairedComparison(
    String task,
    String first,
    String second,
    double difference,
    double low,
    double high,
    double p,
    double pMcnemar,
    int onlyFirst,
    int onlySecond,
    boolean oneSeed) {

  static Path file(Path folder) {
    return folder.resolve("comparisons.json");
  }

  /**
   * Reads {@code results/<suite>}.
   *
   * @throws InputException when there is no such file, or a line of it has no such keys
   */
  public static List<PairedComparison> read(Path folder) {
    Path file = file(folder);
    List<PairedComparison> all = new ArrayList<>();
    for (JsonNode line : Json.read(file).values()) {
      JsonNode value = line.path("difference").path("value");
      JsonNode mcnemar = line.path("mcnemar");
      all.add(
          new PairedComparison(
              line.path("task").asString(""),
              line.path("first").asString(""),
              line.path("second").asString(""),
              number(file, value.path("value")),
              number(file, value.path("low")),
              number(file, value.path("high")),
              number(file, line.path("p_bootstrap")),
              number(file, line.path("p_mcnemar")),
              (int) number(file, mcnemar.path("only_first")),
              (int) number(file, mcnemar.path("only_second")),
              line.path("one_seed").asBoolean(false)));
    }
    return all;
  }

  private static double number(Path file, JsonNode node) {
    if (!node.isNumber()) {
      throw new InputException(
          file
              + ": expected comparisons as gnomon bench writes them, found something else; write"
              + " them again with --report-only");
    }
    return node.asDouble();
  }

  /** The same seen from the other side. */
  public PairedComparison turned() {
    return new PairedComparison(
        task,
        /* first= */ second,
        /* second= */ first,
        0 - difference,
        /* low= */ 0 - high,
        /* high= */ 0 - low,
        p,
        pMcnemar,
        /* onlyFirst= */ onlySecond,
        /* onlySecond= */ onlyFirst,
        oneSeed);
  }

  /** Whether both tests tell them apart at 5%, corrected, and to the same side. */
  public boolean isClear() {
    boolean oneSide = Integer.signum(onlyFirst - onlySecond) == (int) Math.signum(difference);
    return p < 0.05 && pMcnemar < 0.05 && oneSide;
  }
}

package io.gnomon.cli;

import io.gnomon.config.CalibrationConfig;
import io.gnomon.config.InputException;
import java.util.ArrayList;
import java.util.List;

/** Calibrations as {@code --calibration} takes them, separated by commas. */
final class CalibrationOption {
  private static final String CONTEXTUAL = "contextual";
  private static final String SAMPLER = "sampler";

  /** A comma before a kind; any other belongs to a content-free text. */
  private static final String BETWEEN = ",(?=(?:none|contextual|sampler)(?:[:,]|$))";

  private CalibrationOption() {}

  /**
   * The calibrations of every {@code given} list, in order.
   *
   * @throws InputException when one is none of them
   */
  static List<CalibrationConfig> parse(List<String> given) {
    List<CalibrationConfig> calibrations = new ArrayList<>();
    for (String list : given) {
      for (String one : list.split(BETWEEN, -1)) {
        calibrations.add(calibration(one));
      }
    }
    return calibrations;
  }

  private static CalibrationConfig calibration(String given) {
    if (given.equals("none")) {
      return new CalibrationConfig.None();
    }
    if (given.equals(CONTEXTUAL)) {
      return new CalibrationConfig.Contextual(CalibrationConfig.CONTENT_FREE);
    }
    if (given.startsWith(CONTEXTUAL + ":")) {
      return new CalibrationConfig.Contextual(given.substring(CONTEXTUAL.length() + 1));
    }
    if (given.equals(SAMPLER)) {
      return new CalibrationConfig.FromSampler(CalibrationConfig.SAMPLES);
    }
    if (given.matches(SAMPLER + ":0*[1-9][0-9]{0,5}")) {
      return new CalibrationConfig.FromSampler(
          Integer.parseInt(given.substring(SAMPLER.length() + 1)));
    }
    throw new InputException(
        "--calibration: expected none, contextual, contextual:TEXT, sampler or sampler:SAMPLES"
            + " (1 to 999999), separated by commas, found '"
            + given
            + "'; give one of them, as --calibration none,contextual");
  }
}

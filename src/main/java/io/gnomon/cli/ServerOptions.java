package io.gnomon.cli;

import io.gnomon.config.InputException;
import io.gnomon.label.Backoff;
import io.gnomon.label.LabelReport.Prices;
import io.gnomon.label.Secret;
import io.gnomon.label.ServerSettings;
import io.gnomon.label.Source;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code gnomon label} that say how a remote model is asked. */
final class ServerOptions {
  private static final String LEFT_TO_IT = "default";
  private static final String OPENAI_KEY = "OPENAI_API_KEY";
  private static final int MOST_PARALLEL = 256;
  private static final double MILLISECONDS = 1000;
  private static final double LONGEST_SECONDS = 86_400;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "4",
      description = "Questions at a time; ${DEFAULT-VALUE} unless given.")
  private int parallel;

  @Option(
      names = "--retries",
      paramLabel = "N",
      defaultValue = "6",
      description = {
        "How often a question is sent again after 429, 5xx, a timeout or a cut connection;",
        "${DEFAULT-VALUE} unless given."
      })
  private int retries;

  @Option(
      names = "--back-off",
      paramLabel = "SECONDS",
      defaultValue = "1",
      description = {
        "Wait before the first time, doubled each further time, less a random part;",
        "${DEFAULT-VALUE} unless given. Retry-After is heeded whatever it says."
      })
  private double backoff;

  @Option(
      names = "--ask-again",
      paramLabel = "N",
      defaultValue = "2",
      description = {
        "How often to put a question again whose answer was none of the list;",
        "${DEFAULT-VALUE} unless given."
      })
  private int again;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "Wait for an answer; ${DEFAULT-VALUE} unless given.")
  private double timeout;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "0",
      description = {
        "Of the answers; ${DEFAULT-VALUE} unless given.",
        "'default' leaves it to the server, for models that take none."
      })
  private String temperature = "0";

  @Option(
      names = "--key-from",
      paramLabel = "VARIABLE",
      description = {
        "Environment variable with the server's key; OPENAI_API_KEY at api.openai.com,",
        "none elsewhere unless given."
      })
  private @Nullable String keyFrom;

  @Option(
      names = "--price-in",
      paramLabel = "P",
      description = "Price of a million tokens read, for the cost at the end.")
  private @Nullable Double priceIn;

  @Option(
      names = "--price-out",
      paramLabel = "P",
      description = "Price of a million tokens written.")
  private @Nullable Double priceOut;

  ServerSettings settings(Source.Remote source) {
    require("--parallel", parallel, 1, MOST_PARALLEL, "4");
    require("--retries", retries, 0, MOST_PARALLEL, "6");
    require("--ask-again", again, 0, MOST_PARALLEL, "2");
    require("--back-off", backoff, 0, LONGEST_SECONDS, "1");
    require("--timeout", timeout, 1 / MILLISECONDS, LONGEST_SECONDS, "120");
    return new ServerSettings(
        secret(source),
        temperature(),
        seconds(timeout),
        parallel,
        new Backoff(retries, seconds(backoff)),
        again);
  }

  private static Duration seconds(double value) {
    return Duration.ofMillis(Math.round(value * MILLISECONDS));
  }

  private static void require(
      String option, double value, double least, double most, String usual) {
    if (!(value >= least && value <= most)) {
      throw new InputException(
          "%s: expected a number from %s to %s, found %s; give %s %s"
              .formatted(option, plain(least), plain(most), plain(value), option, usual));
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private @Nullable Double temperature() {
    if (temperature.equals(LEFT_TO_IT)) {
      return null;
    }
    try {
      double value = Double.parseDouble(temperature);
      if (value >= 0 && value <= 2) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw noTemperature();
    }
    throw noTemperature();
  }

  private InputException noTemperature() {
    return new InputException(
        "--temperature: expected a number from 0 to 2, or default, found '%s'; give --temperature 0"
            .formatted(temperature));
  }

  private Secret secret(Source.Remote source) {
    String variable = keyFrom == null && source.paid() ? OPENAI_KEY : keyFrom;
    if (variable == null) {
      return Secret.NONE;
    }
    String key = System.getenv(variable);
    if (key == null || key.isBlank()) {
      throw new InputException(
          "%s: expected an environment variable that holds the key of %s, found none of that name; export it, or name another with --key-from"
              .formatted(variable, source.url()));
    }
    return Secret.of(key);
  }

  /** Null where none was given. */
  @Nullable Prices prices() {
    if (priceIn == null && priceOut == null) {
      return null;
    }
    return new Prices(price("--price-in", priceIn), price("--price-out", priceOut));
  }

  private static double price(String option, @Nullable Double given) {
    double value = given == null ? 0 : given;
    require(option, value, 0, Integer.MAX_VALUE, "0.15");
    return value;
  }
}

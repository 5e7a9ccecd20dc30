package io.gnomon.speed;

import ai.djl.Device;
import io.gnomon.config.InputException;
import io.gnomon.config.SamplerConfig;
import io.gnomon.config.StudentConfig;
import io.gnomon.config.TokenSamplerConfig;

/**
 * What is measured.
 *
 * @param teacher {@code embedded:NAME}, a Hugging Face folder, or {@code shape:NAME} of {@link
 *     NamedShapes}, initialised at random
 * @param prefix P, positions of the prompt before the input
 * @param length T, vectors of an input
 * @param batch B, inputs of a batch
 * @param rounds how often each is timed
 * @param grow whether growth with T, P, B and width is measured as well
 * @param student the student whose step is timed
 * @param sampler the sampler that is timed
 * @param device where
 */
public record SpeedSettings(
    String teacher,
    int prefix,
    int length,
    int batch,
    int rounds,
    boolean grow,
    StudentConfig student,
    SamplerConfig sampler,
    Device device) {
  /** The student of a run without a configuration: RoBERTa-base's width, half its layers. */
  public static final StudentConfig.Roberta STUDENT =
      new StudentConfig.Roberta(768, 6, 12, 3072, 514, 0, StudentConfig.Arithmetic.AUTO, null);

  /**
   * @throws InputException when a number is too small
   */
  public SpeedSettings {
    atLeast("--prefix", 0, prefix);
    atLeast("--length", 1, length);
    atLeast("--batch", 1, batch);
    atLeast("--rounds", 1, rounds);
  }

  private static void atLeast(String option, int smallest, int found) {
    if (found < smallest) {
      throw new InputException(
          "%s: expected %d or more, found %d; give %s %d"
              .formatted(option, smallest, found, option, Math.max(smallest, 1)));
    }
  }

  /** The sampler of a run without a configuration: bursty tokens, T of them. */
  public static SamplerConfig sampler(int length) {
    return new TokenSamplerConfig.Bursty(
        new SamplerConfig.LengthConfig(length, length), 4, 0.8, 1, 300);
  }
}

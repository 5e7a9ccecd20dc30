package io.gnomon.speed;

import io.gnomon.config.StudentConfig;
import io.gnomon.config.StudentConfig.Arithmetic;
import io.gnomon.config.StudentConfig.Roberta;
import io.gnomon.config.StudentConfig.Static;
import java.util.List;

/** A student's configuration in other sizes, and in the arithmetic that its kind has. */
final class StudentSizes {
  private StudentSizes() {}

  /** What its steps can be computed in; float32 first. */
  static List<Arithmetic> arithmetics(StudentConfig config) {
    return config.match(
        it -> List.of(Arithmetic.FP32, Arithmetic.BF16), it -> List.of(Arithmetic.FP32));
  }

  /** {@code config} from random weights, in another arithmetic, long enough for {@code length}. */
  static StudentConfig in(Arithmetic arithmetic, StudentConfig config, int length) {
    return config.match(
        it ->
            new Roberta(
                it.hidden(),
                it.layers(),
                it.heads(),
                it.feedForward(),
                Math.max(it.maxPositions(), length + 1),
                it.dropout(),
                arithmetic,
                null),
        it -> it);
  }

  /** {@code config} with its widths divided, in the fastest arithmetic. */
  static StudentConfig narrower(StudentConfig config, int divisor) {
    return config.match(
        it -> narrower(it, divisor),
        it -> new Static(Math.max(1, it.features() / divisor), Math.max(1, it.hidden() / divisor)));
  }

  private static Roberta narrower(Roberta it, int divisor) {
    int heads = Math.max(1, it.heads() / divisor);
    return new Roberta(
        it.hidden() / it.heads() * heads,
        it.layers(),
        heads,
        Math.max(1, it.feedForward() / divisor),
        it.maxPositions(),
        it.dropout(),
        Arithmetic.AUTO,
        null);
  }

  /** The width that {@link #narrower} divides. */
  static int width(StudentConfig config) {
    return config.match(Roberta::hidden, Static::features);
  }
}

package io.gnomon.cli;

import io.gnomon.tensor.Devices;
import io.gnomon.tensor.Precision;
import java.util.List;
import java.util.Locale;

/** Why {@code precision: auto} means what {@link Devices} makes of it. */
final class PrecisionRule {
  private PrecisionRule() {}

  /** The choice for a CPU with these flags. */
  static Finding ofCpu(List<String> flags) {
    String why =
        flags.stream()
            .filter(Devices.BF16_FLAGS::contains)
            .findFirst()
            .map(flag -> "the CPU has " + flag)
            .orElse("the CPU has neither " + String.join(" nor ", Devices.BF16_FLAGS));
    return new Finding(key(Devices.ofFlags(flags)), why);
  }

  /** The choice for a card of this compute capability. */
  static Finding ofCard(double capability) {
    Precision precision = Devices.ofCapability(capability);
    String why = "compute capability " + capability;
    return new Finding(key(precision), precision == Precision.BF16 ? why : why + ": no bfloat16");
  }

  /** The precision as a configuration names it. */
  static String key(Precision precision) {
    return precision.name().toLowerCase(Locale.ROOT);
  }
}

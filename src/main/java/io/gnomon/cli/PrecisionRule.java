package io.gnomon.cli;

import org.jspecify.annotations.Nullable;

/** The precision that {@code auto} means on a device. */
interface PrecisionRule {
  /** The choice for {@code card}, or for the CPU where that is null. */
  Finding choose(DoctorFacts.Machine machine, DoctorFacts.@Nullable Card card);

  /**
   * bfloat16 where the hardware multiplies it, float16 on cards that have only that, float32
   * elsewhere: float16 on a CPU runs at a hundredth of float32's speed.
   */
  static Finding byHardware(DoctorFacts.Machine machine, DoctorFacts.@Nullable Card card) {
    if (card == null) {
      return machine.flags().stream()
          .filter(flag -> flag.endsWith("_bf16"))
          .findFirst()
          .map(flag -> new Finding("bf16", "the CPU has " + flag))
          .orElse(new Finding("fp32", "the CPU has neither avx512_bf16 nor amx_bf16"));
    }
    String why = "compute capability " + card.computeCapability();
    if (card.computeCapability() >= 8.0) {
      return new Finding("bf16", why);
    }
    return new Finding(card.computeCapability() >= 7.0 ? "fp16" : "fp32", why + ": no bfloat16");
  }
}

package io.gnomon.cli;

import ai.djl.Device;
import io.gnomon.cli.DoctorFacts.Card;
import io.gnomon.cli.DoctorFacts.Launch;
import io.gnomon.cli.DoctorFacts.Libtorch;
import io.gnomon.tensor.Devices;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What follows from the facts; a pure function of them.
 *
 * @param source where libtorch comes from
 * @param device what {@code device: auto} picks
 * @param precision what {@code precision: auto} picks, by device
 * @param advice what to do, each with the exact line to type; empty when all is well
 */
record Diagnosis(
    Finding source, Finding device, Map<String, Finding> precision, List<String> advice) {
  private static final Pattern FLAVOR = Pattern.compile("-(cpu|cu\\d+)\\b");

  static Diagnosis of(DoctorFacts facts) {
    return new Diagnosis(source(facts), device(facts), precisions(facts), CardAdvice.of(facts));
  }

  private static Finding source(DoctorFacts facts) {
    Launch launch = facts.launch();
    String flavor = flavor(facts.libtorch());
    if (launch.libraryPath() != null) {
      return new Finding(flavor, "PYTORCH_LIBRARY_PATH is " + launch.libraryPath());
    }
    if (!launch.cpuNative()) {
      return new Finding(flavor, "DJL's own download: no CPU build is on the class path");
    }
    String because =
        switch (launch.asked()) {
          case "cpu" -> "GNOMON_ACCELERATOR is cpu";
          case "cuda" -> "started without ./gnomon, which would leave it off";
          default ->
              facts.cards().isEmpty()
                  ? "nvidia-smi shows no card"
                  : "started without ./gnomon, which would leave it off";
        };
    return new Finding(flavor, "the CPU build is on the class path: " + because);
  }

  /** The flavour in the folder's name, such as 2.7.1-cu128-linux-x86_64. */
  private static String flavor(Libtorch libtorch) {
    if (libtorch.path() == null) {
      return "none";
    }
    Matcher matcher = FLAVOR.matcher(libtorch.path());
    return matcher.find() ? matcher.group(1) : libtorch.gpus() > 0 ? "cuda" : "unnamed";
  }

  private static Finding device(DoctorFacts facts) {
    int gpus = facts.libtorch().gpus();
    Device device = Devices.of("auto", gpus);
    if (device.isGpu()) {
      return new Finding(Devices.name(device), "the first of " + gpus + " that libtorch can use");
    }
    return new Finding(
        Devices.name(device),
        facts.cards().isEmpty()
            ? "no card"
            : "libtorch as loaded cannot use the card; the advice below says why");
  }

  private static Map<String, Finding> precisions(DoctorFacts facts) {
    Map<String, Finding> byDevice = new LinkedHashMap<>();
    byDevice.put("cpu", PrecisionRule.ofCpu(facts.machine().flags()));
    for (Card card : facts.cards()) {
      byDevice.put("cuda:" + card.index(), PrecisionRule.ofCard(card.computeCapability()));
    }
    return byDevice;
  }
}

package io.gnomon.cli;

import io.gnomon.cli.DoctorFacts.Launch;
import io.gnomon.cli.DoctorFacts.Libtorch;
import java.util.ArrayList;
import java.util.List;

/** What to type when libtorch does not load, or leaves a card unused. */
final class CardAdvice {
  private static final String OWN_LIBTORCH =
      "export PYTORCH_LIBRARY_PATH=/path/to/libtorch/lib PYTORCH_VERSION=2.7.1 PYTORCH_FLAVOR=cu128";

  private CardAdvice() {}

  static List<String> of(DoctorFacts facts) {
    List<String> advice = new ArrayList<>();
    Libtorch libtorch = facts.libtorch();
    if (libtorch.failure() != null) {
      advice.add(onFailure(facts, libtorch.failure()));
    } else if (!facts.cards().isEmpty() && libtorch.gpus() == 0) {
      advice.add(onUnusedCard(facts.launch()));
    } else if (libtorch.gpus() > 0 && !"1".equals(facts.launch().tf32())) {
      advice.add(
          "float32 products run without TF32; if its 10-bit mantissa will do, type:"
              + " export TORCH_ALLOW_TF32_CUBLAS_OVERRIDE=1");
    }
    if (libtorch.intraOpThreads() > facts.machine().cores()) {
      advice.add(
          "libtorch has more threads than there are cores; type: export OMP_NUM_THREADS="
              + facts.machine().cores());
    }
    return List.copyOf(advice);
  }

  private static String onFailure(DoctorFacts facts, String failure) {
    String what = "libtorch could not be loaded (" + failure.replaceAll("\\s*\\R\\s*", " ") + "). ";
    Launch launch = facts.launch();
    if (launch.libraryPath() != null) {
      return what + "Check PYTORCH_LIBRARY_PATH, or do without it: unset PYTORCH_LIBRARY_PATH";
    }
    if (launch.cpuNative()) {
      return what + "Build afresh: rm -rf target ~/.djl.ai/pytorch && ./gnomon doctor";
    }
    if (facts.cards().isEmpty()) {
      return what + "There is no card; take the CPU build: unset GNOMON_ACCELERATOR";
    }
    return what
        + "Where DJL cannot download it, unpack a CUDA build of libtorch 2.7.1 and type: "
        + OWN_LIBTORCH
        + " (the CPU meanwhile: export GNOMON_ACCELERATOR=cpu)";
  }

  private static String onUnusedCard(Launch launch) {
    String what = "A card is there and not used: ";
    if (launch.libraryPath() != null) {
      return what
          + "the libtorch in PYTORCH_LIBRARY_PATH cannot use it. With a CUDA build of 2.7.1, type: "
          + OWN_LIBTORCH;
    }
    if (launch.cpuNative() && launch.asked().equals("cpu")) {
      return what + "GNOMON_ACCELERATOR says cpu. Type: unset GNOMON_ACCELERATOR";
    }
    if (launch.cpuNative()) {
      return what
          + "the CPU build of libtorch is on the class path. Type: GNOMON_ACCELERATOR=cuda ./gnomon doctor";
    }
    return what
        + "DJL took a build without CUDA, or the driver is older than it needs. Type:"
        + " PYTORCH_FLAVOR=cu128 ./gnomon doctor";
  }
}

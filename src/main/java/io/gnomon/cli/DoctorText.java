package io.gnomon.cli;

import io.gnomon.cli.DoctorFacts.Card;
import io.gnomon.cli.DoctorFacts.Libtorch;
import io.gnomon.cli.DoctorFacts.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The doctor's answer for a person to read. */
final class DoctorText {
  private DoctorText() {}

  static List<String> lines(DoctorFacts facts, Diagnosis diagnosis, boolean fits) {
    List<String> lines = new ArrayList<>();
    machine(lines, facts.machine());
    libtorch(lines, facts.libtorch(), diagnosis.source());
    cards(lines, facts);
    lines.add(
        line(
            "statistics",
            facts.statistics().backend(),
            "float64, " + facts.statistics().threads() + " OpenMP threads of its own"));
    lines.add(line("device: auto", diagnosis.device().value(), diagnosis.device().why()));
    diagnosis
        .precision()
        .forEach(
            (device, choice) ->
                lines.add(
                    line("precision: auto", choice.value(), "on " + device + ": " + choice.why())));
    lines.add("");
    lines.addAll(diagnosis.advice());
    if (diagnosis.advice().isEmpty() && fits) {
      lines.add("All is well.");
    }
    return lines;
  }

  private static void machine(List<String> lines, Machine machine) {
    lines.add(line("gnomon", Version.current(), ""));
    lines.add(line("java", machine.java(), "heap up to " + gib(machine.heapBytes())));
    lines.add(line("system", machine.os(), ""));
    lines.add(
        line(
            "cpu",
            machine.cpu(),
            machine.cores()
                + " cores, "
                + gib(machine.memoryBytes())
                + ", flags "
                + (machine.flags().isEmpty() ? "unknown" : String.join(" ", machine.flags()))));
  }

  private static void libtorch(List<String> lines, Libtorch libtorch, Finding source) {
    lines.add(line("djl", libtorch.djl(), ""));
    lines.add(
        line(
            "libtorch",
            libtorch.version() == null ? "not loaded" : libtorch.version() + " " + source.value(),
            source.why()));
    if (libtorch.path() != null) {
      lines.add(line("  from", libtorch.path(), ""));
      lines.add(
          line(
              "  threads",
              libtorch.intraOpThreads()
                  + " within an operation, "
                  + libtorch.interOpThreads()
                  + " between",
              "set by runtime.threads or OMP_NUM_THREADS"));
    }
  }

  private static void cards(List<String> lines, DoctorFacts facts) {
    for (Card card : facts.cards()) {
      lines.add(
          line(
              "card " + card.index(),
              card.name(),
              card.memory()
                  + ", driver "
                  + card.driver()
                  + ", compute capability "
                  + card.computeCapability()));
    }
    lines.add(
        line(
            "cards",
            facts.cards().size() + " by nvidia-smi, " + facts.libtorch().gpus() + " by DJL",
            ""));
  }

  private static String line(String key, String value, String detail) {
    return String.format("%-16s %s%s", key, value, detail.isEmpty() ? "" : " (" + detail + ")");
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }
}

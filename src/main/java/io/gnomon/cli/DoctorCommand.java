package io.gnomon.cli;

import io.gnomon.checkpoint.Json;
import io.gnomon.config.ConfigLoader;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.experiment.MemoryPlan;
import io.gnomon.teacher.TeacherChecks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a run would compute with on this machine, and why. */
@Command(
    name = "doctor",
    description = "Say which libtorch, device, precision and threads a run would use, and why.",
    footer = {"", "Example: gnomon doctor configs/quickstart.yaml"})
final class DoctorCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "CONFIG",
      arity = "0..1",
      description = "An experiment whose memory is planned as well; nothing is loaded.")
  private @Nullable Path file;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Override one key of CONFIG.")
  private List<String> sets = new ArrayList<>();

  @Option(names = "--json", description = "Print facts and findings as JSON.")
  private boolean json;

  DoctorCommand(Console console) {
    this.console = console;
  }

  /** Facts and what follows from them, as {@code --json} prints them. */
  private record Answer(DoctorFacts facts, Diagnosis diagnosis, @Nullable MemoryPlan memory) {}

  @Override
  public Integer call() throws InterruptedException {
    DoctorFacts facts =
        new DoctorFacts(
            MachineProbe.machine(),
            LibtorchProbe.launch(),
            LibtorchProbe.libtorch(),
            CardProbe.cards(),
            LibtorchProbe.statistics());
    Diagnosis diagnosis = Diagnosis.of(facts);
    MemoryPlan plan = file == null ? null : MemoryPlan.of(config(file));
    if (json) {
      console.out().println(toJson(new Answer(facts, diagnosis, plan)));
    } else {
      boolean fits = plan == null || plan.fits();
      DoctorText.lines(facts, diagnosis, fits).forEach(console.out()::println);
      if (plan != null) {
        console.out().printf("%nmemory of %s:%n", file);
        plan.lines().forEach(console.out()::println);
      }
    }
    if (plan != null) {
      plan.require(); // says what a run would say
    }
    return facts.libtorch().failure() == null ? ExitCode.OK : ExitCode.FAILURE;
  }

  private ExperimentConfig config(Path experiment) {
    return ConfigLoader.experiment(experiment, sets, List.of(new TeacherChecks())).config();
  }

  private static String toJson(Answer answer) {
    return Json.MAPPER.writeValueAsString(answer);
  }
}

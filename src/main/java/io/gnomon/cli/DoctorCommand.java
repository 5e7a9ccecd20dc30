package io.gnomon.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Says what a run would compute with on this machine, and why. */
@Command(
    name = "doctor",
    description = "Say which libtorch, device, precision and threads a run would use, and why.",
    footer = {"", "Example: gnomon doctor --json"})
final class DoctorCommand implements Callable<Integer> {
  private final Console console;

  @Option(names = "--json", description = "Print facts and findings as JSON.")
  private boolean json;

  DoctorCommand(Console console) {
    this.console = console;
  }

  /** Facts and what follows from them, as {@code --json} prints them. */
  private record Answer(DoctorFacts facts, Diagnosis diagnosis) {}

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
    if (json) {
      console.out().println(toJson(new Answer(facts, diagnosis)));
    } else {
      DoctorText.lines(facts, diagnosis).forEach(console.out()::println);
    }
    return facts.libtorch().failure() == null ? ExitCode.OK : ExitCode.FAILURE;
  }

  private static String toJson(Answer answer) {
    return JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(answer);
  }
}

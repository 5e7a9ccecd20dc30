package io.gnomon.cli;

import ai.djl.Device;
import io.gnomon.checkpoint.Json;
import io.gnomon.config.ConfigLoader;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.config.TeacherConfig;
import io.gnomon.config.TeacherConfig.PrecisionChoice;
import io.gnomon.teacher.LanguageModel;
import io.gnomon.tensor.Devices;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gnomon ask}: what a teacher says, so that one sees whether it is read right. */
@Command(
    name = "ask",
    description = "Print a teacher's class probabilities and likeliest next tokens.",
    footer = {
      "",
      "TEACHER is a Hugging Face folder, embedded:pocket or a file of configs/teachers, as"
          + " teachers/pocket.",
      "",
      "Example: gnomon ask teachers/pocket --task tasks/imdb \"A joy from start to finish.\""
    })
final class AskCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "TEACHER", description = "The language model to ask.")
  private String teacher = "";

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "TEXT", description = "What it reads.")
  private List<String> texts = new ArrayList<>();

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = "Prompt and label words: a file, or a name such as tasks/imdb.")
  private @Nullable String task;

  @Option(
      names = "--ids",
      paramLabel = "ID,ID,…",
      description = "Token ids in place of a text; may be given several times.")
  private List<String> ids = new ArrayList<>();

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "5",
      description = "Next tokens printed; ${DEFAULT-VALUE} unless given.")
  private int top;

  @Option(
      names = "--precision",
      paramLabel = "P",
      description = "auto, fp32, bf16 or fp16; the teacher file's unless given.")
  private @Nullable PrecisionChoice precision;

  @Option(
      names = "--device",
      paramLabel = "D",
      defaultValue = "auto",
      description = "auto, cpu or cuda:N; ${DEFAULT-VALUE} unless given.")
  private String device = "auto";

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Override one key of the task.")
  private List<String> sets = new ArrayList<>();

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  AskCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    refuseContradictions();
    TaskConfig prompt =
        task == null
            ? null
            : ConfigLoader.part(task, "--task " + task, TaskConfig.class, sets).config();
    TeacherConfig config = TeacherArgument.read(teacher, "TEACHER");
    Device on = Devices.of(device);
    var arithmetic = Devices.precision(precision == null ? config.precision() : precision, on);
    try (LanguageModel model = LanguageModel.load(config.path(), arithmetic, on)) {
      AskAnswer answer =
          new Asking(model, prompt, top)
              .answer(
                  config.path(),
                  PrecisionRule.key(arithmetic),
                  Devices.name(on),
                  texts,
                  ids.stream().map(AskInput::ids).toList());
      print(answer);
    }
    return ExitCode.OK;
  }

  private void refuseContradictions() {
    if (texts.isEmpty() == ids.isEmpty()) {
      throw new InputException(
          "expected either TEXT or --ids, found "
              + (texts.isEmpty() ? "neither" : "both")
              + "; give one, as gnomon ask TEACHER \"Once upon a time\"");
    }
    if (task == null && !sets.isEmpty()) {
      throw new InputException(
          "--set: expected --task, whose keys it overrides, found none; give --task");
    }
    if (top < 1) {
      throw new InputException("--top: expected 1 or more, found " + top + "; give --top 5");
    }
  }

  private void print(AskAnswer answer) {
    answer.warnings().forEach(line -> console.err().println("gnomon: warning: " + line));
    if (json) {
      console.out().println(toJson(answer));
    } else {
      AskText.lines(answer).forEach(console.out()::println);
    }
  }

  private static String toJson(AskAnswer answer) {
    return Json.MAPPER.writeValueAsString(answer);
  }
}

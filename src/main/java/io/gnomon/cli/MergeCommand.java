package io.gnomon.cli;

import io.gnomon.teach.AdapterMerge;
import io.gnomon.teacher.TeacherFolder;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gnomon merge}: a teacher made again from its base and its adapter. */
@Command(
    name = "merge",
    description = "Make a teacher of a base model and a LoRA adapter, as a Hugging Face folder.",
    footer = {
      "",
      "An adapter that 'gnomon teach' made knows its base by sha256, and refuses another.",
      "",
      "Example: gnomon merge experiments/tagger-teacher/adapter --base models/stories15M --to"
          + " models/tagger"
    })
final class MergeCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "ADAPTER",
      description = "The folder of the adapter: adapter_config.json, adapter_model.safetensors.")
  private Path adapter = Path.of("");

  @Option(
      names = "--base",
      required = true,
      paramLabel = "FOLDER",
      description = "The Hugging Face folder of the model that it was made for.")
  private String base = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "The folder to write: a new or empty one.")
  private Path folder = Path.of("");

  MergeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    int matrices = AdapterMerge.run(adapter, TeacherFolder.resolve(base), folder);
    console
        .out()
        .printf(Locale.ROOT, "%s: %s with additions to %d matrices%n", folder, base, matrices);
    return ExitCode.OK;
  }
}

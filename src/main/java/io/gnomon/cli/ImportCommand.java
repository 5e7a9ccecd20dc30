package io.gnomon.cli;

import io.gnomon.gguf.GgufImport;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gnomon import}: a GGUF file as a Hugging Face folder, for a teacher. */
@Command(
    name = "import",
    description = "Turn a GGUF file into a Hugging Face folder; goes on where a stopped one was.",
    footer = {
      "",
      "The folder holds the weights in bfloat16; import.sha256 in it names what is finished.",
      "",
      "Example: gnomon import tinyllama.gguf --to models/tinyllama"
    })
final class ImportCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "FILE", description = "The GGUF file.")
  private Path file = Path.of("");

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "The folder to write: a new one, an empty one, or a stopped import of FILE.")
  private Path folder = Path.of("");

  ImportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Interruption interruption = Interruption.install();
        ImportProgress progress = new ImportProgress(console, interruption)) {
      GgufImport.Outcome outcome = new GgufImport(file, folder, progress).run();
      if (!outcome.finished()) {
        console.err().println("stopped; the same command goes on from the last whole file");
        return ExitCode.INTERRUPTED;
      }
      progress.close();
      console
          .out()
          .printf(
              Locale.ROOT,
              "%s: %s, %,d parameters; files of weights written: %d, kept: %d%n",
              folder,
              outcome.family(),
              outcome.parameters(),
              outcome.written(),
              outcome.kept());
      return ExitCode.OK;
    }
  }
}

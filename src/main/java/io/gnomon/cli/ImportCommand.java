package io.gnomon.cli;

import io.gnomon.gguf.GgufImport;
import io.gnomon.importing.ImportListener;
import io.gnomon.importing.ImportOutcome;
import io.gnomon.tensorflow.TensorFlowImport;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code gnomon import}: a GGUF file as a Hugging Face folder, for a teacher; a BERT of TensorFlow
 * as one for a student to start from.
 */
@Command(
    name = "import",
    description =
        "Turn a GGUF file, or a BERT of TensorFlow, into a Hugging Face folder; goes on where a"
            + " stopped one was.",
    footer = {
      "",
      "A GGUF file's weights are written in bfloat16, for a teacher; BERT's as they are, in",
      "float32, for student.from_checkpoint. import.sha256 in the folder names what is finished.",
      "",
      "Example: gnomon import tinyllama.gguf --to models/tinyllama"
    })
final class ImportCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "FILE",
      description =
          "A GGUF file; or a TensorFlow checkpoint or SavedModel: its folder, .index, zip or jar.")
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
      ImportOutcome outcome = run(progress);
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

  private ImportOutcome run(ImportListener progress) {
    return TensorFlowImport.reads(file)
        ? new TensorFlowImport(file, folder, progress).run()
        : new GgufImport(file, folder, progress).run();
  }
}

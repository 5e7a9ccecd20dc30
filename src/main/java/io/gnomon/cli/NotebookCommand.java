package io.gnomon.cli;

import io.gnomon.notebook.NotebookRun;
import io.gnomon.notebook.NotebookRun.Outcome;
import io.gnomon.notebook.ProcessStreams;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gnomon notebook}: notebooks of Java, run without Jupyter. */
@Command(
    name = "notebook",
    description = "Run the code cells of Java notebooks and write what they show into the files.",
    footer = {
      "",
      "Cells share one JShell a notebook, with Gnomon on its class path. A notebook with a cell that"
          + " fails is left as it was.",
      "",
      "Example: gnomon notebook notebooks/01-angle.ipynb"
    })
final class NotebookCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Notebooks, .ipynb.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--check",
      description =
          "Write nothing; fail where outputs are of another number or kind than in the file.")
  private boolean check;

  NotebookCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ProcessStreams streams = new ProcessStreams(System.out, System.err);
    for (Path file : files) {
      NotebookRun run = new NotebookRun(file, streams);
      Outcome outcome = check ? run.check() : run.write();
      console
          .out()
          .println(
              "%s: %d code cells, %d outputs".formatted(file, outcome.cells(), outcome.outputs()));
      console.flush();
    }
    return ExitCode.OK;
  }
}

package io.gnomon.notebook;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.config.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A notebook's code cells run in order, in a JShell of their own.
 *
 * <p>Cells share this process with the caller: its class path, its working directory, its standard
 * streams, which are the notebook's until the run ends. One run at a time.
 */
public final class NotebookRun {
  private final Path file;
  private final ProcessStreams streams;

  /**
   * @param file an {@code .ipynb}
   * @param streams what the process prints to
   */
  public NotebookRun(Path file, ProcessStreams streams) {
    this.file = file;
    this.streams = streams;
  }

  /**
   * What a run gave.
   *
   * @param cells code cells
   * @param outputs of all of them
   */
  public record Outcome(int cells, int outputs) {}

  /**
   * Runs all cells and puts their outputs into the file.
   *
   * @throws InputException when the file is no such notebook
   * @throws NotebookException when a cell fails; the file is as it was
   */
  public Outcome write() {
    Notebook notebook = Notebook.read(file);
    Outcome outcome = run(notebook, notebook::put);
    AtomicFiles.writeString(file, notebook.json());
    return outcome;
  }

  /**
   * Runs all cells and leaves the file alone.
   *
   * @throws InputException when the file is no such notebook
   * @throws NotebookException when a cell fails, was never run, or has outputs of another number or
   *     kind than the file says; what they say may differ
   */
  public Outcome check() {
    Notebook notebook = Notebook.read(file);
    return run(notebook, (index, outputs) -> compare(notebook, index, outputs));
  }

  private Outcome run(Notebook notebook, BiConsumer<Integer, List<Output>> sink) {
    if (ModuleLayer.boot().findModule("jdk.jshell").isEmpty()) {
      throw new InputException("this Java has no JShell; notebooks need a JDK, not a JRE");
    }
    int count = 0;
    try (CellShell shell = CellShell.open();
        Capture capture = Capture.start(streams)) {
      for (int i = 0; i < notebook.size(); i++) {
        List<Output> outputs = cell(notebook, i, shell, capture);
        sink.accept(i, outputs);
        count += outputs.size();
      }
    }
    return new Outcome(notebook.size(), count);
  }

  private List<Output> cell(Notebook notebook, int index, CellShell shell, Capture capture) {
    try {
      List<Output> outputs = new ArrayList<>();
      shell.run(notebook.source(index)).map(Display::of).ifPresent(outputs::add);
      outputs.addAll(0, capture.take());
      return outputs;
    } catch (CellFailure e) {
      throw new NotebookException(
          "%s, line %d: %s".formatted(where(index), e.line(), e.getMessage()), e);
    } catch (RuntimeException e) { // its toString, say
      throw new NotebookException(where(index) + ": its value cannot be shown: " + e, e);
    }
  }

  private String where(int index) {
    return file + ": code cell " + (index + 1);
  }

  private void compare(Notebook notebook, int index, List<Output> outputs) {
    List<String> found = outputs.stream().map(Output::kind).toList();
    List<String> kept = notebook.kinds(index);
    if (!notebook.executed(index) || !kept.equals(found)) {
      String before = notebook.executed(index) ? words(kept) : "no run at all";
      throw new NotebookException(
          "%s: the file has %s, a run now gives %s; run gnomon notebook %s and look at what changed"
              .formatted(where(index), before, words(found), file));
    }
  }

  private static String words(List<String> kinds) {
    return kinds.isEmpty() ? "no output" : String.join(", then ", kinds);
  }
}

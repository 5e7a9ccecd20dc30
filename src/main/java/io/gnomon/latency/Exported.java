package io.gnomon.latency;

import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.serve.Tagger;
import io.gnomon.serve.TaggerOptions;
import java.nio.file.Path;
import java.util.List;

/** An export, run as whoever was given it runs it. */
record Exported(String name, Tagger tagger, long bytes) implements Contestant {
  /**
   * Opens the folder.
   *
   * @param threads within one batch
   * @throws InputException when it is no export, or one with other labels than the task's classes
   */
  static Exported open(Path folder, TaskConfig task, int threads) {
    Tagger tagger = Tagger.load(folder, TaggerOptions.defaults().withThreads(threads));
    List<String> classes = List.copyOf(task.classes().keySet());
    if (!tagger.labels().equals(classes) || tagger.multiLabel() != task.multiLabel()) {
      tagger.close();
      throw new InputException(
          "%s: expected an export with the labels of task %s, %s, found %s; name the task it was made for"
              .formatted(folder, task.name(), classes, tagger.labels()));
    }
    long bytes = ModelFiles.bytes(folder, file -> file.startsWith("model."));
    return new Exported(folder.toString(), tagger, bytes);
  }

  @Override
  public double[][] probabilities(List<String> texts) {
    return tagger.probabilities(texts);
  }

  @Override
  public void close() {
    tagger.close();
  }
}

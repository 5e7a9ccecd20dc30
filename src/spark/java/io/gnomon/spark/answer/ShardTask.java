package io.gnomon.spark.answer;

import io.gnomon.answer.Shard;
import io.gnomon.config.ConfigLoader;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.experiment.AnswerJob;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * One share of the answers.
 *
 * @param yaml the experiment, all references resolved
 * @param root folder of the kept answers
 * @param shards how many shares there are
 */
record ShardTask(String yaml, String root, int shards) implements Serializable {
  /** One share an executor at a time: a teacher takes all its cores, and much of its memory. */
  private static final Object TEACHER = new Object();

  /**
   * How a share ended.
   *
   * @param kept batches of it
   * @param asked of these, those answered now
   * @param folders names of the folders that they lie in
   */
  record Done(long kept, long asked, List<String> folders) implements Serializable {}

  /** Answers share {@code index}. */
  Done answer(int index) {
    synchronized (TEACHER) {
      prepare("OPT_OUT_TRACKING", "true");
      // As the launcher has it: another way of computing has other last digits.
      prepare("ai.djl.pytorch.graph_optimizer", "false");
      AnswerJob.Outcome outcome =
          new AnswerJob(config(), Path.of(root), new Silent()).answer(new Shard(index, shards));
      if (!outcome.finished()) {
        throw new CancellationException("share " + index + " of " + shards + " was stopped");
      }
      List<String> names =
          outcome.folders().stream().map(folder -> folder.getFileName().toString()).toList();
      return new Done(outcome.done(), outcome.asked(), names);
    }
  }

  /** Read by DJL when its engine starts. */
  private static void prepare(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private ExperimentConfig config() {
    try {
      Path file = Files.createTempFile("gnomon-answer", ".yaml");
      try {
        return ConfigLoader.experiment(Files.writeString(file, yaml), List.of()).config();
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

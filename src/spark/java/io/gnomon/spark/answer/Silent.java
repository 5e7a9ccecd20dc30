package io.gnomon.spark.answer;

import io.gnomon.experiment.AnswerListener;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears what goes on where nobody watches: Spark's pages show how far the shares are. */
final class Silent implements AnswerListener {
  private static final Logger LOG = LoggerFactory.getLogger(Silent.class);

  @Override
  public void note(String line) {
    LOG.warn("{}", line);
  }

  @Override
  public void answered(long done, long all) {
    LOG.debug("answered {} of {} batches", done, all);
  }

  /** When the task is killed. */
  @Override
  public boolean stop() {
    @Nullable TaskContext task = TaskContext.get();
    return task != null && task.isInterrupted();
  }
}

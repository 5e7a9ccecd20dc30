package io.gnomon.spark.answer;

import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.InputException;
import io.gnomon.experiment.AnswerJob;
import io.gnomon.spark.SparkFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Asks a teacher on Spark. Every machine must see the teacher's files, the traced texts and the
 * folder of the answers, as they must where shares are answered by hand. A job that was stopped
 * goes on where it was, whatever the number of shares then.
 */
public final class ShardedAnswering {
  private final JavaSparkContext context;
  private final ExperimentConfig config;
  private final Path root;
  private final int shards;

  /**
   * A job for the runs of {@code config}.
   *
   * @param root folder of the kept answers
   * @param shards how many tasks share the batches; 0 for as many as there are cores
   * @throws InputException when they are negative
   */
  public ShardedAnswering(SparkSession spark, ExperimentConfig config, Path root, int shards) {
    if (shards < 0) {
      throw new InputException(
          "--shards: expected 0 or more, found "
              + shards
              + "; give 0 for as many as there are cores");
    }
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.config = config;
    this.root = root.toAbsolutePath().normalize();
    this.shards = shards == 0 ? Math.max(1, context.defaultParallelism()) : shards;
  }

  /**
   * How a job ended.
   *
   * @param kept batches
   * @param asked of these, those that the teacher answered now
   * @param folders where they lie, each share within
   */
  public record Outcome(long kept, long asked, List<Path> folders) {}

  /**
   * Answers all shares and merges them.
   *
   * @throws InputException when teacher, data or folder cannot be used, on this machine or another
   */
  public Outcome run() {
    ShardTask task = new ShardTask(PortableConfig.yaml(config), root.toString(), shards);
    List<Integer> numbers = IntStream.range(0, shards).boxed().toList();
    List<ShardTask.Done> done;
    try {
      done = context.parallelize(numbers, shards).map(task::answer).collect();
    } catch (Exception e) { // of Scala, which declares none
      throw SparkFailure.cause(e);
    }
    requireOnePlace(done);
    List<Path> folders = new AnswerJob(config, root, new Silent()).merge();
    return new Outcome(
        done.stream().mapToLong(ShardTask.Done::kept).sum(),
        done.stream().mapToLong(ShardTask.Done::asked).sum(),
        folders);
  }

  /** Answers are known by the precision as well, which is a machine's own under {@code auto}. */
  private static void requireOnePlace(List<ShardTask.Done> done) {
    long places = done.stream().map(ShardTask.Done::folders).distinct().count();
    if (places > 1) {
      throw new InputException(
          "teacher.precision: expected one on all machines, found answers in "
              + places
              + " precisions; name one, such as --set teacher.precision=fp32");
    }
  }
}

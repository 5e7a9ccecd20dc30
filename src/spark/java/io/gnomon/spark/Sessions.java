package io.gnomon.spark;

import io.gnomon.config.InputException;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Where the jobs run. */
public final class Sessions {
  private static final String MASTER = "spark.master";

  private Sessions() {}

  /**
   * Opens the session that {@code spark-submit}, or a system property, describes.
   *
   * @param name of the application, as Spark's pages show it
   * @throws InputException when nothing says where to run
   */
  public static SparkSession open(String name) {
    if (!new SparkConf().contains(MASTER)) {
      throw new InputException(
          MASTER
              + ": expected where to run, found none; start this by spark-submit --master …, or by"
              + " java -Dspark.master='local[*]'");
    }
    return SparkSession.builder()
        .appName(name)
        // Two attempts at one share of a teacher's answers would get in each other's way.
        .config("spark.speculation", false)
        .getOrCreate();
  }
}

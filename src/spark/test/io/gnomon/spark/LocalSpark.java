package io.gnomon.spark;

import org.apache.spark.sql.SparkSession;

/** A session of two threads in this process. */
public final class LocalSpark {
  private LocalSpark() {}

  public static SparkSession open() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("tests")
        .config("spark.ui.enabled", false)
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate();
  }
}

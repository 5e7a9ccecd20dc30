package io.gnomon.serve.bulk;

/** Hears of a job on its way. */
public interface BulkListener {
  /**
   * A part is done.
   *
   * @param done rows so far
   * @param bytes of the inputs that were read for them
   * @param all bytes of all inputs; 0 where nobody can know
   */
  void progress(Done done, long bytes, long all);

  /** A row cannot be read. */
  void rejected(String place, String cause);

  /** Whether to stop behind this part. */
  boolean stop();
}

package io.gnomon.latency;

import java.util.List;

/** A classifier that is timed. */
public interface Contestant extends AutoCloseable {
  /** How it is called in the table. */
  String name();

  /** Bytes that it takes on disk; 0 where it lies on none. */
  long bytes();

  /** Class probabilities of each text, (N, K), in the order of the task's classes. */
  double[][] probabilities(List<String> texts);

  @Override
  void close();
}

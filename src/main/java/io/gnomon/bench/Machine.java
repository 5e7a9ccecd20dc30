package io.gnomon.bench;

import io.gnomon.provenance.Platform;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a cell ran on. Times of different machines do not compare; figures do, but for last digits.
 *
 * @param ended when the cell ended, UTC
 * @param seconds of all the cell's sittings, measuring included
 */
public record Machine(
    String ended,
    double seconds,
    String processor,
    int cores,
    String device,
    int threads,
    String os,
    String jdk,
    String libtorch) {

  /** A cell that ends now. */
  static Machine of(Platform platform, double seconds) {
    return new Machine(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        seconds,
        platform.processor(),
        platform.cores(),
        platform.device(),
        platform.threads(),
        platform.os(),
        platform.jdk(),
        platform.libtorch());
  }
}

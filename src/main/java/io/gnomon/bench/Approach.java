package io.gnomon.bench;

import java.util.Optional;

/**
 * One way to come by a classifier. Each kind of {@link io.gnomon.config.ApproachConfig} has one,
 * named in {@link Approaches}.
 */
@FunctionalInterface
public interface Approach {
  /**
   * Makes the cell's classifier; evaluating and timing it is the bench's.
   *
   * @param folder where it may keep what it needs to go on, and what it leaves behind: a student
   *     below {@code student/}, a trace
   * @param listener hears how it goes, and is asked whether to stop
   * @return empty when it stopped: the same call goes on from there
   */
  Optional<Classifier> make(Cell cell, CellFolder folder, CellListener listener);
}

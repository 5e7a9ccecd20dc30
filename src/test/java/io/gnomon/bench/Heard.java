package io.gnomon.bench;

import java.util.ArrayList;
import java.util.List;

/** A listener that remembers, and says stop when told to. */
final class Heard implements BenchListener {
  final List<String> begun = new ArrayList<>();
  final List<CellRecord> ended = new ArrayList<>();
  final List<String> notes = new ArrayList<>();
  private final int stopAfterCells;
  private final int stopAfterSteps;
  private int steps;

  private Heard(int stopAfterCells, int stopAfterSteps) {
    this.stopAfterCells = stopAfterCells;
    this.stopAfterSteps = stopAfterSteps;
  }

  static Heard patient() {
    return new Heard(Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  static Heard forCells(int cells) {
    return new Heard(cells, Integer.MAX_VALUE);
  }

  /** Steps of cells; answers to texts do not count. */
  static Heard forSteps(int steps) {
    return new Heard(Integer.MAX_VALUE, steps);
  }

  @Override
  public void begins(Cell cell, String place) {
    begun.add(place + " " + cell.id());
  }

  @Override
  public void ended(Cell cell, CellRecord record) {
    ended.add(record);
  }

  @Override
  public void note(String line) {
    notes.add(line);
  }

  @Override
  public void progress(long done, long all) {
    steps += all == 12 ? 1 : 0;
  }

  @Override
  public boolean stop() {
    return ended.size() >= stopAfterCells || steps >= stopAfterSteps;
  }
}

package io.gnomon.teach;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Single-label: every text once, behind it the task's one suffix. */
final class ClassExamples implements Examples {
  private final List<Example> all = new ArrayList<>();

  ClassExamples(List<long[]> texts, long[] suffix, int[] labels) {
    for (int row = 0; row < labels.length; row++) {
      all.add(new Example(texts.get(row), suffix, labels[row]));
    }
  }

  @Override
  public int size() {
    return all.size();
  }

  @Override
  public List<Example> epoch(SplittableRandom random) {
    return all;
  }
}

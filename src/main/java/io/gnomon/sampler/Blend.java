package io.gnomon.sampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Several samplers at one length a batch, each giving its share of the sequences: as many as the
 * batch holds whole ones of, and those left over by chance (systematic sampling).
 */
public final class Blend implements Sampler {
  private final Draws draws;
  private final List<Sampler> parts;
  private final double[] until;

  /**
   * @param weights a part each, positive
   */
  Blend(Draws draws, List<Sampler> parts, double[] weights) {
    this.draws = draws;
    this.parts = List.copyOf(parts);
    this.until = weights.clone();
    Arrays.parallelPrefix(until, Double::sum);
  }

  @Override
  public NDArray sample(NDManager manager, long index, int batch) {
    int[] counts = counts(index, batch);
    try (NDManager local = manager.newSubManager()) {
      NDList drawn = new NDList();
      for (int part = 0; part < counts.length; part++) {
        if (counts[part] > 0) {
          drawn.add(parts.get(part).sample(local, index, counts[part]));
        }
      }
      NDArray all = NDArrays.concat(drawn, 0);
      all.attach(manager);
      return all;
    }
  }

  @Override
  public Optional<long[][]> ids(long index, int batch) {
    int[] counts = counts(index, batch);
    List<long[]> rows = new ArrayList<>();
    for (int part = 0; part < counts.length; part++) {
      Optional<long[][]> ids = parts.get(part).ids(index, Math.max(1, counts[part]));
      if (ids.isEmpty()) {
        return Optional.empty();
      }
      rows.addAll(Arrays.asList(ids.get()).subList(0, counts[part]));
    }
    return Optional.of(rows.toArray(long[][]::new));
  }

  /** How many sequences each part gives: place r belongs to where (r + u)/B falls. */
  private int[] counts(long index, int batch) {
    double u = draws.choice(index).nextDouble();
    double sum = until[until.length - 1];
    int[] counts = new int[until.length];
    int part = 0;
    for (int place = 0; place < batch; place++) {
      while (part < until.length - 1 && (place + u) / batch * sum >= until[part]) {
        part++;
      }
      counts[part]++;
    }
    return counts;
  }
}

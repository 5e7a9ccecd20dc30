package io.gnomon.sampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gnomon.config.TokenSamplerConfig;
import io.gnomon.teacher.EmbeddingTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Sequences about one class: a few tokens from the neighbourhood of its label words in the
 * embedding table, repeated among Zipf tokens.
 *
 * <p>Each sequence draws its class, every class alike; 1 to {@code topics} tokens, each near a word
 * of that class, every word and every neighbour alike; and its own share of repeating positions,
 * uniform on [0, {@code share}].
 */
public final class Labelled implements Sampler {
  private final Draws draws;
  private final EmbeddingTable table;
  private final List<List<int[]>> near;
  private final int topics;
  private final double share;
  private final TokenPrior rest;

  Labelled(Draws draws, TeacherView view, TokenSamplerConfig.Labelled config) {
    this.draws = draws;
    this.table = view.table();
    this.near = near(view, config.neighbours());
    this.topics = config.topics();
    this.share = config.share();
    this.rest = TokenPrior.zipf(view.tokensByRank(), config.exponent(), config.offset());
  }

  /** Class → label word → its neighbours. */
  private static List<List<int[]>> near(TeacherView view, int count) {
    Neighbours neighbours = new Neighbours(view.table(), view.tokensByRank());
    List<List<int[]>> all = new ArrayList<>();
    for (int[] words : view.labels()) {
      List<int[]> ofClass = new ArrayList<>();
      for (int word : words) {
        ofClass.add(neighbours.nearest(word, count));
      }
      all.add(ofClass);
    }
    return all;
  }

  @Override
  public NDArray sample(NDManager manager, long index, int batch) {
    return table.lookup(manager, draws.ids(index, batch, this::fill));
  }

  @Override
  public Optional<long[][]> ids(long index, int batch) {
    return Optional.of(draws.ids(index, batch, this::fill));
  }

  private void fill(long[] row, SplittableRandom random) {
    List<int[]> words = near.get(random.nextInt(near.size()));
    int[] repeated = new int[1 + random.nextInt(topics)];
    for (int i = 0; i < repeated.length; i++) {
      int[] around = words.get(random.nextInt(words.size()));
      repeated[i] = around[random.nextInt(around.length)];
    }
    double own = share * random.nextDouble();
    for (int t = 0; t < row.length; t++) {
      boolean repeats = random.nextDouble() < own;
      row[t] = repeats ? repeated[random.nextInt(repeated.length)] : rest.draw(random);
    }
  }
}

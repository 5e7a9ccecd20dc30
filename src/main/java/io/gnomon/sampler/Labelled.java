package io.gnomon.sampler;

import io.gnomon.config.TokenSamplerConfig;
import io.gnomon.teacher.EmbeddingTable;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Sequences about one class: a few tokens from the neighbourhood of its label words in the
 * embedding table, repeated among Zipf tokens.
 *
 * <p>Each sequence draws its class, every class alike; 1 to {@code topics} tokens, each near a word
 * of that class, every word and every neighbour alike; and its own share of repeating positions,
 * uniform on [0, {@code share}].
 */
public final class Labelled implements TokenSampler {
  private final Draws draws;
  private final EmbeddingTable table;
  private final List<List<int[]>> near;
  private final Repetition repetition;
  private final TokenPrior rest;

  Labelled(Draws draws, TeacherView view, TokenSamplerConfig.Labelled config) {
    this.draws = draws;
    this.table = view.table();
    this.near = near(view, config.neighbours());
    this.repetition = new Repetition(config.topics(), config.share());
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
  public EmbeddingTable table() {
    return table;
  }

  @Override
  public long[][] draw(long index, int batch) {
    return draws.ids(index, batch, this::fill);
  }

  private void fill(long[] row, SplittableRandom random) {
    List<int[]> words = near.get(random.nextInt(near.size()));
    repetition.fill(row, random, drawn -> neighbour(words, drawn), rest::draw);
  }

  private static int neighbour(List<int[]> words, SplittableRandom random) {
    int[] around = words.get(random.nextInt(words.size()));
    return around[random.nextInt(around.length)];
  }
}

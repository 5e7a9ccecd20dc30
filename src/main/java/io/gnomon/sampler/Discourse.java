package io.gnomon.sampler;

import io.gnomon.config.TokenSamplerConfig;
import io.gnomon.teacher.EmbeddingTable;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Sequences about something: each draws a direction c of the embedding table and its tokens with
 * probability ∝ prior · exp(κ s), s the token's score ⟨c, e − ē⟩ in standard deviations over the
 * vocabulary. This is the discourse vector of S. Arora et al., "A Latent Variable Model Approach to
 * PMI-based Word Embeddings" (TACL 2016), one a text: in real text, too, words that the teacher
 * hears alike come together, so that a text moves it further than as many independent words do.
 *
 * <p>c is a sum of some tokens' embeddings with normal weights, so that directions in which the
 * table is wide come often. κ is uniform on [0, {@code strength}]. Beside them a share of
 * positions, uniform on [0, {@code share}], repeats a few tokens as {@link Bursty} does.
 */
public final class Discourse implements TokenSampler {
  private final Draws draws;
  private final EmbeddingTable table;
  private final int[] ids;
  private final double[] logPrior;
  private final HostTable centred;
  private final TokenSamplerConfig.Discourse config;

  Discourse(Draws draws, TeacherView view, TokenSamplerConfig.Discourse config) {
    this.draws = draws;
    this.table = view.table();
    this.ids = view.tokensByRank();
    this.config = config;
    this.logPrior =
        Arrays.stream(TokenPrior.weights(config.prior(), view, config.exponent(), config.offset()))
            .map(Math::log)
            .toArray();
    this.centred = new HostTable(table, ids, true, false);
  }

  @Override
  public EmbeddingTable table() {
    return table;
  }

  @Override
  public long[][] draw(long index, int batch) {
    Draws.Batch drawn = draws.batch(index);
    SplittableRandom random = drawn.random();
    float[] scores = centred.scores(directions(batch, random)); // (B, V')
    long[][] rows = new long[batch][drawn.length()];
    for (int row = 0; row < batch; row++) {
      float[] own = Arrays.copyOfRange(scores, row * ids.length, (row + 1) * ids.length);
      Scores.standardize(own);
      fill(rows[row], cumulative(own, config.strength() * random.nextDouble()), random);
    }
    return rows;
  }

  /** B rows of d. */
  private float[] directions(int batch, SplittableRandom random) {
    int d = centred.dimension();
    float[] directions = new float[batch * d];
    for (int anchor = 0; anchor < batch * config.anchors(); anchor++) {
      float[] row = centred.row(random.nextInt(ids.length));
      float weight = (float) random.nextGaussian();
      for (int i = 0; i < d; i++) {
        directions[anchor / config.anchors() * d + i] += weight * row[i];
      }
    }
    return directions;
  }

  private double[] cumulative(float[] scores, double strength) {
    double[] logs = new double[scores.length];
    Arrays.setAll(logs, v -> logPrior[v] + strength * scores[v]);
    double largest = Arrays.stream(logs).max().orElse(0);
    double sum = 0;
    for (int v = 0; v < logs.length; v++) {
      sum += Math.exp(logs[v] - largest);
      logs[v] = sum;
    }
    return logs;
  }

  private void fill(long[] row, double[] cumulative, SplittableRandom random) {
    new Repetition(config.topics(), config.share())
        .fill(
            row,
            random,
            drawn -> ids[drawn.nextInt(ids.length)],
            drawn -> ids[TokenPrior.find(cumulative, drawn)]);
  }
}

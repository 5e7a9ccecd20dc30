package io.gnomon.sampler;

import io.gnomon.config.TokenSamplerConfig;
import io.gnomon.teacher.EmbeddingTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Sequences about one class, in the teacher's own eyes: a few tokens that it takes for signs of the
 * class, repeated among Zipf tokens.
 *
 * <p>Before the first batch, once a sitting, the teacher is asked about every token, which stands
 * alone and repeated. Each sequence draws its class, every class alike, and 1 to {@code topics}
 * tokens with probability proportional to g(token)_class to the power {@code sharpness}. So the
 * classes that random tokens seldom speak of are drawn as often as the others, at no further
 * question: what {@link Balanced} buys with several answers a sequence.
 */
public final class Salient implements TokenSampler {
  /** Keeps every token in play, and a class that no token speaks of from having no weight. */
  private static final double LEAST = 1e-6;

  private final Draws draws;
  private final TeacherView view;
  private final int[] tokens;
  private final TokenSamplerConfig.Salient config;
  private final Repetition repetition;
  private final TokenPrior rest;
  private @Nullable List<TokenPrior> ofClass;

  Salient(Draws draws, TeacherView view, TokenSamplerConfig.Salient config) {
    this.draws = draws;
    this.view = view;
    this.tokens = spread(view.tokensByRank(), config.probes());
    this.config = config;
    this.repetition = new Repetition(config.topics(), config.share());
    this.rest = TokenPrior.zipf(view.tokensByRank(), config.exponent(), config.offset());
  }

  /** At most {@code count} of the tokens, evenly spaced. */
  static int[] spread(int[] tokens, int count) {
    int taken = Math.min(count, tokens.length);
    int[] some = new int[taken];
    Arrays.setAll(some, i -> tokens[(int) ((long) i * tokens.length / taken)]);
    return some;
  }

  @Override
  public EmbeddingTable table() {
    return view.table();
  }

  @Override
  public long[][] draw(long index, int batch) {
    List<TokenPrior> topics = topics();
    return draws.ids(index, batch, (row, random) -> fill(row, random, topics));
  }

  private void fill(long[] row, SplittableRandom random, List<TokenPrior> topics) {
    TokenPrior own = topics.get(random.nextInt(topics.size()));
    repetition.fill(row, random, own::draw, rest::draw);
  }

  /** The tokens of each class; asks the teacher at the first call. */
  private synchronized List<TokenPrior> topics() {
    if (ofClass == null) {
      float[][] g = view.confidence().ofTokens(view.table(), tokens, config.copies());
      ofClass = new ArrayList<>();
      for (int k = 0; k < view.classes(); k++) {
        ofClass.add(TokenPrior.weighted(tokens, weights(g, k)));
      }
    }
    return ofClass;
  }

  private double[] weights(float[][] g, int k) {
    return Arrays.stream(g)
        .mapToDouble(row -> Math.pow(Math.max(row[k], LEAST), config.sharpness()))
        .toArray();
  }
}

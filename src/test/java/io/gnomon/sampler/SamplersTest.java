package io.gnomon.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.gnomon.config.DerivedSamplerConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.SamplerConfig;
import io.gnomon.config.SamplerConfig.LengthConfig;
import io.gnomon.config.TokenSamplerConfig;
import io.gnomon.config.TokenSamplerConfig.Prior;
import io.gnomon.config.VectorSamplerConfig;
import io.gnomon.teacher.EmbeddingTable;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SamplersTest {
  private static final int TOKENS = 101;
  private static final int WIDTH = 13;
  private static final NDManager MANAGER = NDManager.newBaseManager("PyTorch");
  private static final float[] TABLE = correlatedTable();
  private static final EmbeddingTable EMBEDDINGS =
      new EmbeddingTable(MANAGER.create(FloatBuffer.wrap(TABLE), new Shape(TOKENS, WIDTH)));
  private static final int[] ALLOWED = IntStream.range(3, TOKENS).toArray();
  private static final LengthConfig LENGTH = new LengthConfig(5, 11);
  private static final LengthConfig LONG = new LengthConfig(97, 97);
  private static final SamplerConfig BURSTY = new TokenSamplerConfig.Bursty(LENGTH, 4, 0.8, 1, 300);

  /** Three classes; the first speaks for the first column, and so on. */
  private static final LinearTeacher TEACHER = new LinearTeacher(columns(3));

  private static final TeacherView VIEW =
      new TeacherView(
          EMBEDDINGS,
          ALLOWED,
          List.of(),
          List.of(new int[] {5, 17}, new int[] {29}, new int[] {41}),
          TEACHER);

  @AfterAll
  static void close() {
    MANAGER.close();
  }

  static List<SamplerConfig> all() {
    return List.of(
        new VectorSamplerConfig.Uniform(LENGTH, 0, 1),
        new VectorSamplerConfig.Gaussian(LENGTH, VectorSamplerConfig.Gaussian.Covariance.DIAGONAL),
        new VectorSamplerConfig.Gaussian(LENGTH, VectorSamplerConfig.Gaussian.Covariance.FULL),
        new TokenSamplerConfig.Tokens(LENGTH, Prior.ZIPF, 1, 2.7),
        new TokenSamplerConfig.Mixture(LENGTH, 3, 0.5, Prior.ZIPF, 1, 2.7),
        new TokenSamplerConfig.Bursty(LENGTH, 4, 0.8, 1, 300),
        new TokenSamplerConfig.Labelled(LENGTH, 7, 4, 0.8, 1, 300),
        new TokenSamplerConfig.Discourse(LENGTH, 3, 2, 4, 0.4, Prior.ZIPF, 1, 300),
        new DerivedSamplerConfig.Sharpened(LENGTH, BURSTY, 2, 0.5, false),
        new DerivedSamplerConfig.Sharpened(LENGTH, BURSTY, 1, 0.5, true),
        new DerivedSamplerConfig.Balanced(LENGTH, BURSTY, 3),
        new DerivedSamplerConfig.Blend(
            LENGTH,
            List.of(
                new DerivedSamplerConfig.Blend.Part(1, BURSTY),
                new DerivedSamplerConfig.Blend.Part(
                    2, new TokenSamplerConfig.Tokens(LENGTH, Prior.ZIPF, 1, 2.7)))));
  }

  @ParameterizedTest
  @MethodSource("all")
  void aBatchIsAPureFunctionOfSeedAndIndex(SamplerConfig config) {
    Sampler one = sampler(config, 17);
    float[] first = draw(one, 3, 7);
    float[] later = draw(one, 4, 7);
    assertFalse(Arrays.equals(first, later), "another index");
    assertArrayEquals(first, draw(one, 3, 7), "the same again");
    assertArrayEquals(first, draw(sampler(config, 17), 3, 7), "by another sampler");
    assertFalse(Arrays.equals(first, draw(sampler(config, 18), 3, 7)), "another seed");
  }

  @ParameterizedTest
  @MethodSource("all")
  void shapeIsBatchByLengthByWidthAndLengthsCoverTheirRange(SamplerConfig config) {
    Sampler sampler = sampler(config, 1);
    Set<Long> lengths = new TreeSet<>();
    for (int index = 0; index < 100; index++) {
      try (NDArray x = sampler.sample(MANAGER, index, 2)) {
        assertEquals(DataType.FLOAT32, x.getDataType());
        assertEquals(3, x.getShape().dimension());
        assertEquals(2, x.getShape().get(0));
        assertEquals(WIDTH, x.getShape().get(2));
        lengths.add(x.getShape().get(1));
      }
    }
    // Missing one of seven lengths in 100 draws: 7·(6/7)^100 < 2e-6, and the seed is fixed.
    assertEquals(Set.of(5L, 6L, 7L, 8L, 9L, 10L, 11L), lengths);
  }

  @ParameterizedTest
  @MethodSource("all")
  void idsAreThoseOfTheSample(SamplerConfig config) {
    Sampler sampler = sampler(config, 2);
    sampler
        .ids(5, 7)
        .ifPresent(
            ids -> {
              float[] values = draw(sampler, 5, 7);
              for (int i = 0; i < values.length; i++) {
                int position = i / WIDTH;
                long id = ids[position / ids[0].length][position % ids[0].length];
                assertEquals(TABLE[(int) id * WIDTH + i % WIDTH], values[i]);
                assertTrue(id >= 3, "special ids are never drawn");
              }
            });
    boolean tokens =
        config instanceof TokenSamplerConfig.Tokens
            || config instanceof TokenSamplerConfig.Bursty
            || config instanceof TokenSamplerConfig.Labelled
            || config instanceof TokenSamplerConfig.Discourse
            || config instanceof DerivedSamplerConfig.Blend;
    assertEquals(tokens, sampler.ids(5, 7).isPresent());
  }

  @Test
  void uniformHasItsMomentsAndTheCosineOfThePapersNoise() {
    float[] values = draw(sampler(new VectorSamplerConfig.Uniform(LONG, -1, 3), 1), 0, 64);
    double[] moments = moments(values, 0, 1);
    // 80,704 values of sd 4/√12: standard error of the mean 0.0041
    assertEquals(1, moments[0], 0.02);
    assertEquals(4 / Math.sqrt(12), moments[1], 0.01);
    for (float value : values) {
      assertTrue(value >= -1 && value <= 3);
    }
    float[] noise = draw(sampler(new VectorSamplerConfig.Uniform(LONG, 0, 1), 1), 0, 64);
    double cosine = 0;
    int pairs = noise.length / (2 * WIDTH);
    for (int pair = 0; pair < pairs; pair++) {
      cosine += cosine(noise, 2 * pair * WIDTH, (2 * pair + 1) * WIDTH) / pairs;
    }
    // ¼ / ⅓ in many dimensions; with 13 of them the mean is a little above
    assertEquals(0.75, cosine, 0.02);
  }

  @Test
  void gaussiansMatchTheTable() {
    float[] diagonal =
        draw(
            sampler(
                new VectorSamplerConfig.Gaussian(
                    LONG, VectorSamplerConfig.Gaussian.Covariance.DIAGONAL),
                1),
            0,
            211);
    float[] full =
        draw(
            sampler(
                new VectorSamplerConfig.Gaussian(
                    LONG, VectorSamplerConfig.Gaussian.Covariance.FULL),
                1),
            0,
            211);
    // 20,467 vectors: standard error of a mean 0.7%, of a deviation 0.5% of the deviation
    for (int column = 0; column < WIDTH; column++) {
      double[] expected = moments(TABLE, column, WIDTH);
      for (float[] drawn : List.of(diagonal, full)) {
        double[] found = moments(drawn, column, WIDTH);
        assertEquals(expected[0], found[0], 0.035 * expected[1]);
        assertEquals(expected[1], found[1], 0.025 * expected[1]);
      }
    }
    double expected = correlation(TABLE, 0, 1);
    assertTrue(expected > 0.5, "the table's first two columns are made to go together");
    assertEquals(expected, correlation(full, 0, 1), 0.03);
    assertEquals(0, correlation(diagonal, 0, 1), 0.035);
  }

  @Test
  void choleskyByHandAndOfASingularCovariance() {
    double[][] lower = Cholesky.factor(new double[][] {{4, 2}, {2, 10}});
    assertArrayEquals(new double[] {2, 0}, lower[0], 1e-15);
    assertArrayEquals(new double[] {1, 3}, lower[1], 1e-15);
    double[][] singular = Cholesky.factor(new double[][] {{1, 1}, {1, 1}});
    assertEquals(1, singular[1][0], 1e-9);
    assertEquals(0, singular[1][1], 1e-3);
    assertThrows(
        IllegalArgumentException.class, () -> Cholesky.factor(new double[][] {{1, 0}, {0, -1}}));
  }

  @Test
  void zipfFrequenciesFollowTheRank() {
    TokenPrior prior = TokenPrior.zipf(new int[] {10, 20, 30, 40}, 1.5, 2.7);
    int[] counts = new int[41];
    SplittableRandom random = new SplittableRandom(1);
    int draws = 200_000;
    for (int i = 0; i < draws; i++) {
      counts[prior.draw(random)]++;
    }
    double total = 0;
    for (int rank = 0; rank < 4; rank++) {
      total += Math.pow(rank + 1 + 2.7, -1.5);
    }
    for (int rank = 0; rank < 4; rank++) {
      double share = Math.pow(rank + 1 + 2.7, -1.5) / total;
      // four standard errors of a frequency
      double tolerance = 4 * Math.sqrt(share * (1 - share) / draws);
      assertEquals(share, counts[10 * (rank + 1)] / (double) draws, tolerance);
    }
  }

  @Test
  void uniformTokensReachEveryAllowedIdAndNoOther() {
    Sampler sampler = sampler(new TokenSamplerConfig.Tokens(LONG, Prior.UNIFORM, 1, 2.7), 1);
    Set<Long> seen = new TreeSet<>();
    for (long[] row : sampler.ids(0, 61).orElseThrow()) {
      Arrays.stream(row).forEach(seen::add);
    }
    assertEquals(ALLOWED.length, seen.size());
    String message =
        String.valueOf(
            assertThrows(
                    InputException.class,
                    () -> Samplers.of(all().get(3), EMBEDDINGS, new int[0], 1))
                .getMessage());
    assertTrue(message.contains("no token to draw"), message);
  }

  @Test
  void mixturesAreConvexCombinationsAndOneComponentIsAToken() {
    Sampler mixture =
        sampler(new TokenSamplerConfig.Mixture(LONG, 5, 0.01, Prior.UNIFORM, 1, 2.7), 1);
    float[] values = draw(mixture, 0, 7);
    for (int column = 0; column < WIDTH; column++) {
      double[] range = range(TABLE, column);
      double[] drawn = range(values, column);
      assertTrue(drawn[0] >= range[0] - 1e-5 && drawn[1] <= range[1] + 1e-5);
    }
    Sampler single =
        sampler(new TokenSamplerConfig.Mixture(LENGTH, 1, 0.5, Prior.UNIFORM, 1, 2.7), 1);
    Set<List<Float>> rows = rows(TABLE);
    assertTrue(rows.containsAll(rows(draw(single, 0, 3))));
  }

  @Test
  void dirichletWeightsHaveTheirMoments() {
    for (double concentration : new double[] {0.001, 0.5, 3}) {
      int draws = 20_000;
      double[] weights = new double[3];
      double mean = 0;
      double square = 0;
      SplittableRandom random = new SplittableRandom(4);
      for (int i = 0; i < draws; i++) {
        new Dirichlet(concentration).draw(random, weights);
        assertEquals(1, weights[0] + weights[1] + weights[2], 1e-12);
        mean += weights[0] / draws;
        square += weights[0] * weights[0] / draws;
      }
      // mean ⅓, variance (⅓·⅔)/(3a + 1); standard error of the mean at most 0.0034
      assertEquals(1.0 / 3, mean, 0.014);
      assertEquals(2.0 / 9 / (3 * concentration + 1), square - mean * mean, 0.01);
    }
  }

  @Test
  void burstySequencesRepeatAFewTokens() {
    long[][] bursty =
        sampler(new TokenSamplerConfig.Bursty(LONG, 2, 1, 0, 2.7), 1).ids(0, 211).orElseThrow();
    double most = 0;
    for (long[] row : bursty) {
      long best = 0;
      for (long id : row) {
        best = Math.max(best, Arrays.stream(row).filter(other -> other == id).count());
      }
      most += best / (97.0 * bursty.length);
    }
    // Share uniform on [0, 1], one topic or the larger of two: about (½ + ½·½)·½ plus some ties;
    // without bursts the most frequent of 98 ids takes about 4 of 97 positions.
    assertTrue(most > 0.3 && most < 0.55, "mean share of the most frequent token " + most);
  }

  @Test
  void uniformNoiseIsFast() {
    EmbeddingTable wide = new EmbeddingTable(MANAGER.zeros(new Shape(3, 128)));
    LengthConfig length = new LengthConfig(64, 64);
    Sampler sampler = Samplers.of(new VectorSamplerConfig.Uniform(length, 0, 1), wide, ALLOWED, 1);
    long best = Long.MAX_VALUE;
    for (int index = 0; index < 60; index++) {
      long start = System.nanoTime();
      sampler.sample(MANAGER, index, 64).close();
      best = Math.min(best, System.nanoTime() - start);
    }
    // About 2 ms here; the bound leaves room for a slow, busy machine.
    assertTrue(best < 20_000_000, "best of 60: " + best / 1000 + " µs");
  }

  private static Sampler sampler(SamplerConfig config, long seed) {
    return Samplers.of(config, VIEW, seed);
  }

  private static float[][] columns(int classes) {
    float[][] a = new float[classes][WIDTH];
    for (int k = 0; k < classes; k++) {
      a[k][k] = 1;
    }
    return a;
  }

  private static float[] draw(Sampler sampler, long index, int batch) {
    try (NDArray x = sampler.sample(MANAGER, index, batch)) {
      return x.toFloatArray();
    }
  }

  /** Columns of differing mean and spread; the second is the first and some noise. */
  private static float[] correlatedTable() {
    SplittableRandom random = new SplittableRandom(6);
    float[] table = new float[TOKENS * WIDTH];
    for (int i = 0; i < table.length; i++) {
      int column = i % WIDTH;
      double noise = random.nextGaussian();
      table[i] =
          (float) (column == 1 ? table[i - 1] + 0.5 * noise : column - 3 + noise * (column + 1));
    }
    return table;
  }

  /** Mean and standard deviation of every {@code stride}-th value from {@code start}. */
  private static double[] moments(float[] values, int start, int stride) {
    int count = values.length / stride;
    double mean = 0;
    double square = 0;
    for (int i = start; i < values.length; i += stride) {
      mean += (double) values[i] / count;
      square += (double) values[i] * values[i] / count;
    }
    return new double[] {mean, Math.sqrt(square - mean * mean)};
  }

  private static double correlation(float[] values, int left, int right) {
    double[] a = moments(values, left, WIDTH);
    double[] b = moments(values, right, WIDTH);
    int rows = values.length / WIDTH;
    double product = 0;
    for (int row = 0; row < rows; row++) {
      product += (values[row * WIDTH + left] - a[0]) * (values[row * WIDTH + right] - b[0]) / rows;
    }
    return product / (a[1] * b[1]);
  }

  private static double cosine(float[] values, int left, int right) {
    double product = 0;
    double a = 0;
    double b = 0;
    for (int i = 0; i < WIDTH; i++) {
      product += values[left + i] * values[right + i];
      a += values[left + i] * values[left + i];
      b += values[right + i] * values[right + i];
    }
    return product / Math.sqrt(a * b);
  }

  private static double[] range(float[] values, int column) {
    double[] range = {Double.MAX_VALUE, -Double.MAX_VALUE};
    for (int i = column; i < values.length; i += WIDTH) {
      range[0] = Math.min(range[0], values[i]);
      range[1] = Math.max(range[1], values[i]);
    }
    return range;
  }

  private static Set<List<Float>> rows(float[] values) {
    Set<List<Float>> rows = new HashSet<>();
    for (int start = 0; start < values.length; start += WIDTH) {
      Float[] row = new Float[WIDTH];
      for (int i = 0; i < WIDTH; i++) {
        row[i] = values[start + i];
      }
      rows.add(List.of(row));
    }
    return rows;
  }
}

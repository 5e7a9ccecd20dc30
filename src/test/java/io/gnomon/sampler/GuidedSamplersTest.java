package io.gnomon.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The samplers that look at label words, at directions of the table or at the teacher. */
class GuidedSamplersTest {
  private static final int TOKENS = 211;
  private static final int WIDTH = 11;
  private static final int CLASSES = 3;
  private static final LengthConfig LENGTH = new LengthConfig(13, 29);
  private static final SamplerConfig TOKENS_ALIKE =
      new TokenSamplerConfig.Tokens(LENGTH, Prior.UNIFORM, 1, 2.7);
  private static final NDManager MANAGER = NDManager.newBaseManager("PyTorch");
  private static final EmbeddingTable TABLE = table(TOKENS, WIDTH);
  private static final int[] ALLOWED = IntStream.range(2, TOKENS).toArray();
  private static final LinearTeacher TEACHER = new LinearTeacher(columns());
  private static final TeacherView VIEW =
      new TeacherView(
          TABLE,
          ALLOWED,
          List.of(),
          List.of(new int[] {5, 17}, new int[] {29}, new int[] {41}),
          TEACHER);

  @AfterAll
  static void close() {
    MANAGER.close();
  }

  @Test
  void theNearestByHand() {
    float[] rows = {1, 0, 9, 1, 0, 3, 2, 2, -5, 0, 0, 0};
    EmbeddingTable table =
        new EmbeddingTable(MANAGER.create(FloatBuffer.wrap(rows), new Shape(6, 2)));
    Neighbours neighbours = new Neighbours(table, new int[] {5, 4, 3, 2, 1, 0});
    // cosines with (1, 0): itself 1, (9, 1) 0.994, (2, 2) 0.707, zeros and (0, 3) 0, (−5, 0) −1
    assertArrayEquals(new int[] {0, 1, 3, 5, 2, 4}, neighbours.nearest(0, 99));
    assertArrayEquals(new int[] {3, 1}, new Neighbours(table, new int[] {1, 3}).nearest(2, 2));
  }

  @Test
  void labelledSequencesAreOfAllClassesAlike() {
    // One neighbour is the label word itself: what is repeated tells the class.
    LengthConfig length = new LengthConfig(61, 61);
    Sampler sampler = sampler(new TokenSamplerConfig.Labelled(length, 1, 1, 1, 0, 0));
    int[] counts = new int[TOKENS];
    int told = 0;
    for (long[] row : sampler.ids(0, 3000).orElseThrow()) {
      for (int word : new int[] {5, 17, 29, 41}) {
        // By chance one of these stands six times among 61 in one of 400,000 sequences.
        if (Arrays.stream(row).filter(id -> id == word).count() >= 6) {
          counts[word]++;
          told++;
        }
      }
    }
    assertTrue(told > 2500, "sequences that repeat a label word: " + told);
    // Four standard errors of a third of the sequences told; the first class has two words.
    double tolerance = 4 * Math.sqrt(told * 2.0 / 9);
    assertEquals(told / 3.0, counts[5] + counts[17], tolerance);
    assertEquals(told / 3.0, counts[29], tolerance);
    assertEquals(told / 3.0, counts[41], tolerance);
    assertEquals(counts[5], counts[17], 4 * Math.sqrt(told / 3.0));
  }

  @Test
  void salientSequencesMoveTheTeacherToEveryClassAlike() {
    int batch = 300;
    int[] plain = histogram(answers(new TokenSamplerConfig.Bursty(LENGTH, 2, 1, 0, 0), batch));
    int[] told = histogram(answers(salient(TOKENS, 4), batch));
    assertTrue(least(told) > 70, Arrays.toString(told) + " beside " + Arrays.toString(plain));
    double[][] alike = answers(salient(TOKENS, 0), batch);
    double[][] sharp = answers(salient(TOKENS, 4), batch);
    assertTrue(spread(sharp) > 1.15 * spread(alike), spread(sharp) + " of " + spread(alike));
  }

  @Test
  void whatSalientSequencesRepeatIsASignOfAClassAndOfEachAlike() {
    LengthConfig length = new LengthConfig(61, 61);
    SamplerConfig config = new TokenSamplerConfig.Salient(length, TOKENS, 1, 50, 1, 1, 0, 0);
    int[] told = new int[CLASSES];
    for (long[] row : sampler(config).ids(0, 900).orElseThrow()) {
      for (long token : Arrays.stream(row).distinct().toArray()) {
        if (Arrays.stream(row).filter(id -> id == token).count() >= 6) {
          double[] g = ofToken(token);
          int k = argmax(g);
          assertTrue(g[k] > 0.9, token + ": " + Arrays.toString(g));
          told[k]++;
        }
      }
    }
    int all = Arrays.stream(told).sum();
    assertTrue(all > 750, "sequences that repeat a token: " + all);
    for (int of : told) {
      assertEquals(all / 3.0, of, 4 * Math.sqrt(all * 2.0 / 9), Arrays.toString(told));
    }
  }

  private static double[] ofToken(long token) {
    try (NDArray x = TABLE.lookup(MANAGER, new long[][] {{token}})) {
      return TEACHER.answers(x)[0];
    }
  }

  @Test
  void probesAreSpreadOverTheOrder() {
    assertArrayEquals(new int[] {2, 5, 11}, Salient.spread(new int[] {2, 3, 5, 7, 11, 13}, 3));
    assertArrayEquals(new int[] {2, 3, 5}, Salient.spread(new int[] {2, 3, 5}, 99));
  }

  private static SamplerConfig salient(int probes, double sharpness) {
    return new TokenSamplerConfig.Salient(LENGTH, probes, 3, sharpness, 2, 1, 0, 0);
  }

  private static int least(int[] counts) {
    return Arrays.stream(counts).min().orElseThrow();
  }

  @Test
  void thePriorOfMergesNeedsMerges() {
    SamplerConfig config = new TokenSamplerConfig.Tokens(LENGTH, Prior.MERGES, 0.5, 0);
    String message =
        String.valueOf(
            assertThrows(InputException.class, () -> Samplers.of(config, TABLE, ALLOWED, 1))
                .getMessage());
    assertEquals(
        "sampler.prior: expected a tokenizer with merges for the prior 'merges', found one"
            + " without; choose zipf",
        message);
  }

  @Test
  void labelledNeedsATask() {
    String message =
        String.valueOf(
            assertThrows(
                    InputException.class,
                    () ->
                        Samplers.of(
                            new TokenSamplerConfig.Labelled(LENGTH, 7, 4, 0.8, 1, 300),
                            TABLE,
                            ALLOWED,
                            1))
                .getMessage());
    assertEquals(
        "sampler.kind: expected a sampler that needs no task here, found labelled; choose one"
            + " without label words and teacher, as bursty",
        message);
  }

  @Test
  void ascentRaisesTheConfidenceInClassesThatTakeTurns() {
    int batch = 31;
    double[] mean = new double[4];
    for (int steps = 1; steps < mean.length; steps++) {
      double[][] g = answers(sharp(steps, 0.1), batch);
      int first = argmax(answers(sharp(9, 2), batch)[0]);
      for (int row = 0; row < batch; row++) {
        mean[steps] += Math.log(g[row][(first + row) % CLASSES]) / batch;
      }
      assertTrue(steps == 1 || mean[steps] > mean[steps - 1], Arrays.toString(mean));
    }
    int[] histogram = histogram(answers(sharp(9, 2), batch));
    assertTrue(Arrays.stream(histogram).allMatch(count -> count >= 10), Arrays.toString(histogram));
  }

  private static SamplerConfig sharp(int steps, double step) {
    return new DerivedSamplerConfig.Sharpened(LENGTH, TOKENS_ALIKE, steps, step, false);
  }

  @Test
  void aStepHasTheLengthAsked() {
    Sampler plain = Samplers.of(TOKENS_ALIKE, VIEW, new Draws(3, LENGTH).part(0));
    Sampler sharpened =
        sampler(new DerivedSamplerConfig.Sharpened(LENGTH, TOKENS_ALIKE, 1, 0.25, false));
    try (NDArray before = plain.sample(MANAGER, 5, 7);
        NDArray after = sharpened.sample(MANAGER, 5, 7)) {
      float[] moved =
          after.sub(before).square().reshape(7, -1).mean(new int[] {1}).sqrt().toFloatArray();
      double unit = Math.sqrt(TABLE.weight().square().mean().getFloat());
      for (float root : moved) {
        assertEquals(0.25 * unit, root, 1e-5 * unit);
      }
    }
  }

  @Test
  void projectedVectorsAreTheNearestTokens() {
    float[] rows = {0, 0, 4, 0, 0, 4, 9, 9};
    EmbeddingTable table =
        new EmbeddingTable(MANAGER.create(FloatBuffer.wrap(rows), new Shape(4, 2)));
    float[] x = {1, 1, 3, 1, 5, 5, 0, 2.1f, 7, 7, 2.1f, 0};
    Projector projector = new Projector(table, new int[] {0, 1, 2, 3});
    NDArray nearest =
        projector.nearest(MANAGER, MANAGER.create(FloatBuffer.wrap(x), new Shape(2, 3, 2)));
    assertEquals(new Shape(2, 3, 2), nearest.getShape());
    // (5, 5) lies √26 from (4, 0) and (0, 4), √32 from (9, 9): a longer embedding is no nearer
    float[] found = nearest.toFloatArray();
    assertArrayEquals(new float[] {0, 0, 4, 0}, Arrays.copyOf(found, 4));
    assertEquals(4, found[4] + found[5]);
    assertArrayEquals(new float[] {0, 4, 9, 9, 4, 0}, Arrays.copyOfRange(found, 6, 12));
  }

  @Test
  void balancedAnswersSpreadOverTheClasses() {
    int batch = 60;
    double[][] plain = answers(TOKENS_ALIKE, batch);
    double[][] even = answers(new DerivedSamplerConfig.Balanced(LENGTH, TOKENS_ALIKE, 16), batch);
    assertTrue(spread(even) > 1.5 * spread(plain), spread(even) + " of " + spread(plain));
    int[] histogram = histogram(even);
    assertTrue(Arrays.stream(histogram).allMatch(count -> count >= 15), Arrays.toString(histogram));
  }

  @Test
  void ofOneCandidateEachAllAreTaken() {
    Sampler plain = Samplers.of(TOKENS_ALIKE, VIEW, new Draws(3, LENGTH).part(0));
    Sampler balanced = sampler(new DerivedSamplerConfig.Balanced(LENGTH, TOKENS_ALIKE, 1));
    try (NDArray all = plain.sample(MANAGER, 5, 7);
        NDArray taken = balanced.sample(MANAGER, 5, 7)) {
      assertEquals(sorted(all), sorted(taken));
    }
  }

  @Test
  void aBlendHasItsShares() {
    SamplerConfig low = new VectorSamplerConfig.Uniform(LENGTH, 100, 101);
    SamplerConfig high = new VectorSamplerConfig.Uniform(LENGTH, 200, 201);
    SamplerConfig blend =
        new DerivedSamplerConfig.Blend(
            LENGTH,
            List.of(
                new DerivedSamplerConfig.Blend.Part(1, low),
                new DerivedSamplerConfig.Blend.Part(3, high)));
    int lows = 0;
    for (int index = 0; index < 200; index++) {
      try (NDArray x = sampler(blend).sample(MANAGER, index, 6)) {
        int own = 0;
        for (float first : x.get(":, 0, 0").toFloatArray()) {
          own += first < 150 ? 1 : 0;
        }
        assertTrue(own == 1 || own == 2, "1.5 of 6, found " + own);
        lows += own;
      }
    }
    // Half a sequence each, by chance: standard error √(200/4)
    assertEquals(300, lows, 4 * Math.sqrt(50));
  }

  @Test
  void aDiscourseLeansAndOneOfNoStrengthDoesNot() {
    double none = lean(discourse(0));
    double some = lean(discourse(3));
    double independent = lean(TOKENS_ALIKE);
    assertEquals(independent, none, 0.2 * independent);
    assertTrue(some > 2 * none, some + " against " + none);
  }

  private static SamplerConfig discourse(double strength) {
    return new TokenSamplerConfig.Discourse(LENGTH, strength, 2, 1, 0, Prior.UNIFORM, 1, 0);
  }

  /** Mean squared length of a sequence's mean vector: 1/T of a token's when they do not agree. */
  private static double lean(SamplerConfig config) {
    double sum = 0;
    for (int index = 0; index < 40; index++) {
      try (NDArray x = sampler(config).sample(MANAGER, index, 10)) {
        sum += x.mean(new int[] {1}).square().sum().getFloat();
      }
    }
    return sum;
  }

  private static List<Float> sorted(NDArray x) {
    List<Float> values = new ArrayList<>();
    for (float value : x.toFloatArray()) {
      values.add(value);
    }
    values.sort(null);
    return values;
  }

  private static Sampler sampler(SamplerConfig config) {
    return Samplers.of(config, VIEW, 3);
  }

  private static double[][] answers(SamplerConfig config, int batch) {
    try (NDArray x = sampler(config).sample(MANAGER, 5, batch)) {
      return TEACHER.answers(x);
    }
  }

  private static int argmax(double[] row) {
    int best = 0;
    for (int k = 1; k < row.length; k++) {
      best = row[k] > row[best] ? k : best;
    }
    return best;
  }

  private static int[] histogram(double[][] g) {
    int[] counts = new int[CLASSES];
    for (double[] row : g) {
      counts[argmax(row)]++;
    }
    return counts;
  }

  /** Root of the variance summed over classes. */
  private static double spread(double[][] g) {
    double variance = 0;
    for (int k = 0; k < CLASSES; k++) {
      int column = k;
      double mean = Arrays.stream(g).mapToDouble(row -> row[column]).average().orElseThrow();
      variance +=
          Arrays.stream(g)
              .mapToDouble(row -> (row[column] - mean) * (row[column] - mean))
              .average()
              .orElseThrow();
    }
    return Math.sqrt(variance);
  }

  private static float[][] columns() {
    float[][] a = new float[CLASSES][WIDTH];
    for (int k = 0; k < CLASSES; k++) {
      a[k][k] = 3;
    }
    return a;
  }

  private static EmbeddingTable table(int tokens, int width) {
    SplittableRandom random = new SplittableRandom(8);
    float[] values = new float[tokens * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new EmbeddingTable(MANAGER.create(FloatBuffer.wrap(values), new Shape(tokens, width)));
  }
}

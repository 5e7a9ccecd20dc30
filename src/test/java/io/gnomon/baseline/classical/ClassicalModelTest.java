package io.gnomon.baseline.classical;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.Messages;
import io.gnomon.config.ApproachConfig.Classical.Features;
import io.gnomon.config.ApproachConfig.Classical.Learner;
import io.gnomon.config.InputException;
import io.gnomon.tensor.Devices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every learner on texts whose classes their words tell. */
class ClassicalModelTest {
  private static final List<List<String>> WORDS =
      List.of(
          List.of("market", "shares", "profit", "bank"),
          List.of("match", "goal", "striker", "league"),
          List.of("planet", "telescope", "orbit", "comet"));
  private static final List<String> FILLERS = List.of("the", "of", "today", "report", "first");
  private static final int TEXTS = 211;
  private static final ClassicalSettings SETTINGS = ClassicalSettings.standard();

  private static final int[] CLASSES = IntStream.range(0, TEXTS).map(i -> i % 3).toArray();
  private static final List<String> TRAIN = texts(CLASSES, 1);
  private static final List<String> TEST = texts(CLASSES, 2);

  /** Two OpenMP threads on busy cores are many times slower than one. */
  @BeforeAll
  static void oneThread() {
    Devices.threads(1);
  }

  private static List<String> texts(int[] classes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return Arrays.stream(classes).mapToObj(k -> text(random, k)).toList();
  }

  private static String text(SplittableRandom random, int... classes) {
    List<String> words = new ArrayList<>();
    for (int k : classes) {
      words.add(WORDS.get(k).get(random.nextInt(4)));
      words.add(WORDS.get(k).get(random.nextInt(4)));
    }
    for (int i = 0; i < 3; i++) {
      words.add(random.nextInt(words.size()), FILLERS.get(random.nextInt(FILLERS.size())));
    }
    return String.join(" ", words);
  }

  private static ClassicalModel fit(Learner learner, Targets targets, long seed) {
    return ClassicalModel.fit(Features.TFIDF_WORD, learner, TRAIN, targets, seed, SETTINGS);
  }

  private static Stream<DynamicTest> eachLearner(Consumer<Learner> test) {
    return Arrays.stream(Learner.values())
        .map(learner -> DynamicTest.dynamicTest(learner.name(), () -> test.accept(learner)));
  }

  @TestFactory
  Stream<DynamicTest> threeClassesAreToldApart() {
    return eachLearner(learner -> separates(Features.TFIDF_WORD, learner, 3));
  }

  @TestFactory
  Stream<DynamicTest> twoClassesAreToldApart() {
    return eachLearner(learner -> separates(Features.TFIDF_WORD, learner, 2));
  }

  @TestFactory
  Stream<DynamicTest> everyFeatureServes() {
    return Stream.of(Features.TFIDF_WORD_CHAR, Features.TWO_GRAM, Features.EMBEDDINGS)
        .map(
            features ->
                DynamicTest.dynamicTest(
                    features.name(), () -> separates(features, Learner.LOGISTIC_REGRESSION, 3)));
  }

  private static void separates(Features features, Learner learner, int classes) {
    int[] gold = Arrays.stream(CLASSES).map(k -> k % classes).toArray();
    List<String> train = texts(gold, 1);
    List<String> test = texts(gold, 2);
    Targets targets = Targets.ofClasses(gold, classes);
    try (ClassicalModel model =
        ClassicalModel.fit(features, learner, train, targets, 5, SETTINGS)) {
      double[][] p = model.probabilities(test);
      long right = IntStream.range(0, TEXTS).filter(i -> likeliest(p[i]) == gold[i]).count();
      assertTrue(right > 0.98 * TEXTS, () -> right + " of " + TEXTS);
      for (double[] row : p) {
        assertEquals(classes, row.length);
        assertEquals(1, Arrays.stream(row).sum(), 1e-6);
        assertTrue(Arrays.stream(row).allMatch(value -> value >= 0), () -> Arrays.toString(row));
      }
      assertTrue(model.parameters() > 10, () -> "parameters " + model.parameters());
      assertTrue(model.preparationSeconds() > 0 && model.trainingSeconds() > 0);
    }
  }

  private static int likeliest(double[] row) {
    return IntStream.range(0, row.length).reduce(0, (best, k) -> row[k] > row[best] ? k : best);
  }

  @TestFactory
  Stream<DynamicTest> theSameSeedGivesTheSameModel() {
    return eachLearner(
        learner -> {
          Targets targets = Targets.ofClasses(noisy(), 3);
          try (ClassicalModel one = fit(learner, targets, 5);
              ClassicalModel same = fit(learner, targets, 5);
              ClassicalModel other = fit(learner, targets, 6)) {
            double[][] p = one.probabilities(TEST);
            assertArrayEquals(p, same.probabilities(TEST));
            assertEquals(
                learner.seeded(), !Arrays.deepEquals(p, other.probabilities(TEST)), "seeded");
          }
        });
  }

  /** Every eleventh class is wrong, so that the learners have something to disagree on. */
  private static int[] noisy() {
    return IntStream.range(0, TEXTS).map(i -> i % 11 == 0 ? 0 : CLASSES[i]).toArray();
  }

  @TestFactory
  Stream<DynamicTest> textsWithoutAKnownWordGetAnAnswer() {
    return eachLearner(
        learner -> {
          try (ClassicalModel model = fit(learner, Targets.ofClasses(CLASSES, 3), 5)) {
            double[][] p = model.probabilities(List.of("", "xylophone quartz", " \n", "?!"));
            for (double[] row : p) {
              assertEquals(1, Arrays.stream(row).sum(), 1e-6);
              assertArrayEquals(p[0], row, 1e-12);
            }
            assertEquals(0, model.probabilities(List.of()).length);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> aClassThatNoTextHasGetsNothing() {
    return eachLearner(
        learner -> {
          int[] gold = Arrays.stream(CLASSES).map(k -> k == 0 ? 1 : 3).toArray();
          try (ClassicalModel model = fit(learner, Targets.ofClasses(gold, 5), 5)) {
            for (double[] row : model.probabilities(TEST)) {
              assertEquals(0, row[0] + row[2] + row[4]);
              assertEquals(1, row[1] + row[3], 1e-6);
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> aSingleClassIsCertain() {
    return eachLearner(
        learner -> {
          try (ClassicalModel model = fit(learner, Targets.ofClasses(new int[TEXTS], 2), 5)) {
            assertArrayEquals(new double[] {1, 0}, model.probabilities(List.of("goal"))[0]);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> severalLabelsATextAreAnsweredOneByOne() {
    return eachLearner(
        learner -> {
          SplittableRandom random = new SplittableRandom(9);
          List<String> train = new ArrayList<>();
          boolean[][] labels = new boolean[TEXTS][5];
          for (int i = 0; i < TEXTS; i++) {
            int[] with = IntStream.range(0, 3).filter(k -> random.nextInt(2) == 0).toArray();
            train.add(text(random, with.length == 0 ? new int[] {0} : with));
            for (int k : with.length == 0 ? new int[] {0} : with) {
              labels[i][k] = true;
            }
            labels[i][4] = true; // and 3 never
          }
          try (ClassicalModel model =
              ClassicalModel.fit(
                  Features.TFIDF_WORD, learner, train, Targets.ofLabels(labels), 5, SETTINGS)) {
            double[] both = model.probabilities(List.of("bank profit orbit comet"))[0];
            assertTrue(both[0] > 0.5 && both[2] > 0.5, () -> Arrays.toString(both));
            assertTrue(both[1] < 0.5, () -> Arrays.toString(both));
            assertEquals(0, both[3]);
            assertEquals(1, both[4]);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> severalThreadsGetWhatOneGets() {
    return eachLearner(
        learner -> {
          try (ClassicalModel model = fit(learner, Targets.ofClasses(CLASSES, 3), 5)) {
            double[][] alone = model.probabilities(TEST);
            IntStream.range(0, 8)
                .parallel()
                .forEach(i -> assertArrayEquals(alone, model.probabilities(TEST)));
          }
        });
  }

  @Test
  void textsAndTargetsMustMatch() {
    Targets targets = Targets.ofClasses(new int[] {0, 1}, 2);
    String message =
        Messages.of(
            IllegalArgumentException.class,
            () ->
                ClassicalModel.fit(
                    Features.TFIDF_WORD, Learner.SGD, List.of("one"), targets, 1, SETTINGS));
    assertTrue(message.contains("2 for 1"), message);
    assertThrows(IllegalArgumentException.class, () -> Targets.ofLabels(new boolean[0][]));
    assertThrows(
        IllegalArgumentException.class, () -> Targets.ofLabels(new boolean[][] {{true}, {}}));
    assertThrows(IllegalArgumentException.class, () -> new ClassicalSettings(0, 1, 128, null));
    assertThrows(IllegalArgumentException.class, () -> new ClassicalSettings(1, 1, 513, null));
  }

  @Test
  void aPerceptronOnAMillionColumnsIsRefused() {
    String message =
        Messages.of(
            InputException.class,
            () ->
                ClassicalModel.fit(
                    Features.TWO_GRAM,
                    Learner.MLP,
                    TRAIN,
                    Targets.ofClasses(CLASSES, 3),
                    1,
                    SETTINGS));
    assertEquals(
        "learner mlp: expected features of at most 524,288 columns, found 1,048,576; take"
            + " embeddings or tf-idf, or another learner",
        message);
  }

  @Test
  void onlySomeLearnersDraw() {
    assertTrue(Learner.SGD.seeded() && Learner.MLP.seeded());
    assertFalse(Learner.LOGISTIC_REGRESSION.seeded() || Learner.XGBOOST.seeded());
  }
}

package io.gnomon.baseline.classical;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gnomon.Shared;
import io.gnomon.config.ApproachConfig.Classical.Features;
import io.gnomon.config.ApproachConfig.Classical.Learner;
import io.gnomon.config.DataConfig;
import io.gnomon.config.DataConfig.Split;
import io.gnomon.data.LabelledSet;
import io.gnomon.data.LabelledSets;
import io.gnomon.data.LabelledText;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * 3,000 AG News texts to learn from, 2,000 to judge, against scikit-learn 1.9.1 on the very same
 * rows: {@code TfidfVectorizer(sublinear_tf=True, min_df=2, strip_accents="unicode")}, for the
 * second case joined with one of {@code char_wb} and 3 to 5 characters, under {@code
 * OneVsRestClassifier(LogisticRegression(solver="liblinear", C=C))}.
 */
class NewsTest {
  private static final int CLASSES = 4;

  /** Four texts: the two solvers stop at other distances from the minimum. */
  private static final double STOPPING = 0.002;

  @Test
  void wordsAreReadAsByScikitLearn() {
    agrees(Features.TFIDF_WORD, 1, 7_041, 0.8435);
  }

  @Test
  void wordsAndCharactersAreReadAsByScikitLearn() {
    agrees(Features.TFIDF_WORD_CHAR, 10, 66_046, 0.8660);
  }

  private static void agrees(Features features, double cost, long columns, double accuracy) {
    String folder = Shared.require("data/ag_news_csv").toString();
    LabelledSet train = LabelledSets.read(new DataConfig.AgNews(folder, Split.TRAIN)).limit(3000);
    LabelledSet test = LabelledSets.read(new DataConfig.AgNews(folder, Split.TEST)).limit(2000);
    Targets targets = Targets.ofClasses(train.classIndices(train.classes()), CLASSES);
    int[] gold = test.classIndices(train.classes());
    try (ClassicalModel model =
        ClassicalModel.fit(
            features,
            Learner.LOGISTIC_REGRESSION,
            texts(train),
            targets,
            1,
            new ClassicalSettings(cost, 1, 128, null))) {
      // a frequency and four weights a column, four intercepts: the vocabularies are as large
      assertEquals(columns * (1 + CLASSES) + CLASSES, model.parameters());
      assertEquals(accuracy, accuracy(model.probabilities(texts(test)), gold), STOPPING);
    }
  }

  private static List<String> texts(LabelledSet set) {
    return set.rows().stream().map(LabelledText::text).toList();
  }

  private static double accuracy(double[][] p, int[] gold) {
    int right = 0;
    for (int i = 0; i < gold.length; i++) {
      int k = gold[i];
      boolean best = true;
      for (double other : p[i]) {
        best &= p[i][k] >= other;
      }
      right += best ? 1 : 0;
    }
    return (double) right / gold.length;
  }
}

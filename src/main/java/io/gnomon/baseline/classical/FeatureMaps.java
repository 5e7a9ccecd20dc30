package io.gnomon.baseline.classical;

import io.gnomon.config.ApproachConfig.Classical.Features;
import java.util.List;

/** What each kind of features is here. */
final class FeatureMaps {
  /** A term found in one text only says nothing of another. */
  private static final int RAREST = 2;

  private static final int WORDS = 100_000;
  private static final int WORDS_AND_PAIRS = 200_000;
  private static final int CHARACTERS = 100_000;

  private FeatureMaps() {}

  /**
   * The map of these features, with what it learns of {@code texts}: the 100,000 words found in
   * most texts; words and word pairs (200,000) beside 3 to 5 characters within words (100,000),
   * each part of length one; 2²⁰ hashed columns, of which nothing is learned; or all-MiniLM-L6-v2,
   * 384 numbers of length one.
   */
  static FeatureMap fit(Features features, List<String> texts, ClassicalSettings settings) {
    return switch (features) {
      case TFIDF_WORD -> TfIdf.fit(new WordNGrams(1), texts, RAREST, WORDS);
      case TFIDF_WORD_CHAR ->
          new JoinedFeatures(
              TfIdf.fit(new WordNGrams(2), texts, RAREST, WORDS_AND_PAIRS),
              TfIdf.fit(new CharacterNGrams(3, 5), texts, RAREST, CHARACTERS));
      case TWO_GRAM -> new HashedNGrams(new WordNGrams(2));
      case EMBEDDINGS -> new EmbeddingFeatures(Embedder.of(settings));
    };
  }
}

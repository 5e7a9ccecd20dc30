package io.gnomon.baseline.classical;

import java.util.List;

/** How a text becomes a vector. */
public enum Features {
  /** tf-idf of words; the 100,000 words found in most texts. */
  TFIDF_WORD,
  /**
   * tf-idf of words and word pairs (200,000) beside tf-idf of 3 to 5 characters within words
   * (100,000), each part of length one.
   */
  TFIDF_WORD_CHAR,
  /** Words and word pairs hashed to 2²⁰ columns; nothing is learned of the texts. */
  TWO_GRAM,
  /** Sentence embeddings by all-MiniLM-L6-v2, 384 numbers of length one. */
  EMBEDDINGS;

  /** A term found in one text only says nothing of another. */
  private static final int RAREST = 2;

  private static final int WORDS = 100_000;
  private static final int WORDS_AND_PAIRS = 200_000;
  private static final int CHARACTERS = 100_000;

  /** The map of these features, with what it learns of {@code texts}. */
  FeatureMap fit(List<String> texts, ClassicalSettings settings) {
    return switch (this) {
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
